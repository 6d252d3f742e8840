package pinterest.sdk

import com.google.gson.Gson
import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Files
import java.nio.file.Path

/** Of the sandbox's own app, `1234567`. */
internal const val SECRET = "0123456789abcdef0123456789abcdef01234567"

/** The sandbox that all tests share; it ends with this virtual machine, whose end closes its input. */
internal object Sandbox {
    /** The certificate authority to trust, as a PEM file. */
    val authority: Path = temporary("authority")

    /** A certificate with its key that the sandbox reports, as a PEM file. */
    val clientCertificate: Path = temporary("client")

    private val process: Process =
        ProcessBuilder(
            System.getenv("PINTEREST_SANDBOX") ?: "../target/release/pinterest-sandbox",
            "--port=0",
            "--json",
            "--until-stdin-closes",
            "--write-ca=$authority",
            "--write-client-certificate=$clientCertificate",
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()

    private val addresses: Map<String, String> =
        JsonParser
            .parseString(process.inputStream.bufferedReader().readLine())
            .asJsonObject
            .asMap()
            .mapValues { (_, address) -> address.asString }

    private val http = HttpClient.newHttpClient()

    /** One of the addresses by its name in the sandbox's README. */
    fun address(name: String): String = addresses.getValue(name)

    /** Puts every address in the place of its name in braces. */
    fun fill(text: String): String =
        addresses.entries.fold(text) { filled, (name, address) -> filled.replace("{$name}", address) }

    /** A configuration for the first app. */
    fun configuration(): Configuration =
        Configuration(username = "1234567", password = SECRET, host = "${address("http")}/v5")

    /** A configuration for an app that has these redirect URIs, with the sandbox's consent page. */
    fun configuration(vararg redirectUris: String): Configuration {
        val app = mapOf("app_id" to "own", "app_secret" to "s", "redirect_uris" to redirectUris)
        control("POST", "/_sandbox/apps", app)
        val address = address("http")
        return Configuration("own", "s", host = "$address/v5", authorizationUrl = "$address/oauth/")
    }

    /** A control request; throws when it is refused. */
    fun control(method: String, path: String, body: Any? = null): JsonElement {
        val content = if (body == null) BodyPublishers.noBody() else BodyPublishers.ofString(Gson().toJson(body))
        val request = HttpRequest.newBuilder(URI("${address("http")}$path")).method(method, content).build()
        val answer = http.send(request, BodyHandlers.ofString())
        check(answer.statusCode() == 200) { "$method $path: ${answer.statusCode()} ${answer.body()}" }
        return JsonParser.parseString(answer.body())
    }

    /** Back to the state at the start. */
    fun reset() {
        control("POST", "/_sandbox/reset")
    }

    /** Queues answers, one for each of the next requests. */
    fun respond(vararg answers: Map<String, Any?>) {
        control("POST", "/_sandbox/script", answers)
    }

    /** What has arrived since the last reset. */
    fun requests(): List<JsonObject> = (control("GET", "/_sandbox/requests") as JsonArray).map { it.asJsonObject }

    private fun temporary(name: String): Path =
        Files.createTempFile("pinterest-$name", ".pem").also { it.toFile().deleteOnExit() }
}

/** Opens an API on the sandbox, or as configured, for one block. */
internal inline fun <T> withApi(configuration: Configuration = Sandbox.configuration(), block: (OauthApi) -> T): T =
    ApiClient(configuration).use { client -> OauthApi(client).use(block) }

/** Everything that printing the exception could show. */
internal fun Throwable.everyText(): String =
    listOf(toString(), message, stackTraceToString(), (this as? PinterestException)?.hint).joinToString("\n")
