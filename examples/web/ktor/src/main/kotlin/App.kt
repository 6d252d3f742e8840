// "Connect with Pinterest" in a web server: Ktor and the SDK. From the root of the repository:
//
//   make build-web-kotlin
//   PINTEREST_APP_ID=… PINTEREST_APP_SECRET=… java -cp 'build/examples/ktor/*' AppKt
//
// PINTEREST_REDIRECT_URI, if it is not http://localhost:8085/callback, must be registered for the app.
// PINTEREST_API_URI and PINTEREST_OAUTH_URI lead to another Pinterest, such as the sandbox in tests/sandbox.

import io.ktor.http.ContentType
import io.ktor.server.application.ServerReady
import io.ktor.server.application.install
import io.ktor.server.cio.CIO
import io.ktor.server.cio.CIOApplicationEngine
import io.ktor.server.engine.connector
import io.ktor.server.engine.embeddedServer
import io.ktor.server.request.uri
import io.ktor.server.response.header
import io.ktor.server.response.respondRedirect
import io.ktor.server.response.respondText
import io.ktor.server.routing.RoutingContext
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import io.ktor.server.sessions.SessionTransportTransformerMessageAuthentication
import io.ktor.server.sessions.Sessions
import io.ktor.server.sessions.clear
import io.ktor.server.sessions.cookie
import io.ktor.server.sessions.get
import io.ktor.server.sessions.serialization.KotlinxSessionSerializer
import io.ktor.server.sessions.sessions
import io.ktor.server.sessions.set
import io.ktor.util.escapeHTML
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.serializer
import pinterest.sdk.ApiClient
import pinterest.sdk.ApiRequest
import pinterest.sdk.AuthorizationRequest
import pinterest.sdk.Configuration
import pinterest.sdk.MemoryStore
import pinterest.sdk.PendingAuthorization
import pinterest.sdk.PinterestException
import pinterest.sdk.Scopes
import pinterest.sdk.TokenManager
import java.net.URI
import java.security.SecureRandom
import java.util.Base64
import java.util.concurrent.ConcurrentHashMap

/** In a signed cookie: the `pending` login of this browser, why the last one had a `failure`, or its `id`. */
private typealias Session = Map<String, String>

/** People's names by their session's id. A real server keeps them in a database; here they are gone after a restart. */
private val people = ConcurrentHashMap<String, String>()

private val redirectUri = System.getenv("PINTEREST_REDIRECT_URI") ?: "http://localhost:8085/callback"
private val configuration = Configuration.fromEnv()
private val client = ApiClient(configuration)

/** Forgotten when the program ends; `FileStore`, or a store of your own over your database, keeps them. */
private val tokens = TokenManager(client, MemoryStore(), "nobody")

fun main() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn")
    val address = URI(redirectUri)
    require(address.path.length > 1) { "PINTEREST_REDIRECT_URI needs a path of its own: / is the home page" }
    val settings: CIOApplicationEngine.Configuration.() -> Unit = {
        connector {
            host = "127.0.0.1"
            port = address.port
        }
        shutdownGracePeriod = 0
        shutdownTimeout = 500
    }
    val server = embeddedServer(CIO, configure = settings) {
        install(Sessions) {
            cookie<Session>("session") {
                serializer = KotlinxSessionSerializer(serializer(), Json)
                // A server that is reached over https also says: cookie.secure = true
                cookie.httpOnly = true
                cookie.extensions["SameSite"] = "Lax"
                // A new key with each start ends all sessions, as it does for the people above.
                transform(SessionTransportTransformerMessageAuthentication(random()))
            }
        }
        routing {
            get("/") { showHome() }
            get("/login") { attempt { startLogin() } }
            get(address.path) { attempt { finishLogin() } }
            post("/logout") { logOut() }
        }
    }
    server.monitor.subscribe(ServerReady) { println("http://localhost:${address.port}/") }
    server.start(wait = true)
}

private suspend fun RoutingContext.startLogin() {
    val pending = AuthorizationRequest(redirectUri, listOf(Scopes.USER_ACCOUNTS_READ)).start(client)
    call.sessions.set(session() - "failure" + ("pending" to pending.toJson()))
    call.respondRedirect(pending.url)
}

private suspend fun RoutingContext.finishLogin() {
    val pending = session()["pending"] ?: return fail("No login was under way in this browser.")
    val answer = PendingAuthorization.fromJson(pending).complete(client, call.request.uri)
    val person = username(answer.accessToken)
    tokens.account(person).adopt(answer)
    session()["id"]?.let(people::remove)
    // A new id with each login: whoever knew an earlier one is not signed in by it.
    val id = Base64.getEncoder().encodeToString(random())
    people[id] = person
    call.sessions.set<Session>(mapOf("id" to id))
    call.respondRedirect("/")
}

private suspend fun RoutingContext.showHome() {
    val person = session()["id"]?.let(people::get)
    val content = try {
        // By a token that is renewed when it is time.
        if (person == null) connect(session()["failure"]) else greet(username(tokens.account(person).accessToken()))
    } catch (exception: PinterestException) {
        connect(exception.message)
    }
    val head = """<meta name="viewport" content="width=device-width"><title>Ktor and Pinterest</title>"""
    call.response.header("Cache-Control", "no-store")
    call.respondText("<!doctype html><html lang=\"en\">$head<body>$content</body></html>", ContentType.Text.Html)
}

private fun connect(failure: String?) =
    """<p>${failure.orEmpty().escapeHTML()}</p><a href="/login">Connect with Pinterest</a>"""

private fun greet(name: String) =
    """<p>Hello, ${name.escapeHTML()}!</p><form method="post" action="/logout"><button>Log out</button></form>"""

private suspend fun username(token: String): String =
    ApiClient(configuration.copy { accessToken(token) }).use { person ->
        val account = person.request(ApiRequest.get("/user_account")).data.orEmpty()
        Json.parseToJsonElement(account).jsonObject["username"]?.jsonPrimitive?.content ?: "stranger"
    }

private suspend fun RoutingContext.logOut() {
    session()["id"]?.let(people::remove)
    call.sessions.clear<Session>()
    call.respondRedirect("/")
}

/** Goes back to the first page with the reason if it does not work. */
private suspend fun RoutingContext.attempt(step: suspend RoutingContext.() -> Unit) = try {
    step()
} catch (exception: PinterestException) {
    fail(exception.message.orEmpty())
}

private suspend fun RoutingContext.fail(why: String) {
    call.sessions.set(session() - "pending" + ("failure" to why))
    call.respondRedirect("/")
}

private fun RoutingContext.session(): Session = call.sessions.get<Session>().orEmpty()

private fun random() = ByteArray(32).also(SecureRandom()::nextBytes)
