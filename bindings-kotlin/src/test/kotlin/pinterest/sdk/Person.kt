package pinterest.sdk

import java.net.CookieManager
import java.net.HttpCookie
import java.net.InetAddress
import java.net.ServerSocket
import java.net.URI
import java.net.URLEncoder.encode
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration.ofSeconds
import kotlin.random.Random

/** A person with a browser of their own, which keeps cookies and, unless told otherwise, follows redirects. */
internal class Person(redirects: HttpClient.Redirect = HttpClient.Redirect.NORMAL) {
    private val cookies = CookieManager()
    private val browser = HttpClient.newBuilder().cookieHandler(cookies).followRedirects(redirects).build()

    /** The value of a cookie that the browser holds. */
    fun cookie(name: String): String? = cookies.cookieStore.cookies.singleOrNull { it.name == name }?.value

    /** Takes a cookie that another browser was given. */
    fun hold(url: String, name: String, value: String) {
        cookies.cookieStore.add(
            URI(url),
            HttpCookie(name, value).apply {
                path = "/"
                version = 0
            },
        )
    }

    fun visit(url: String): HttpResponse<String> = send(HttpRequest.newBuilder(URI(url)))

    fun post(url: String, fields: List<Pair<String, String>> = emptyList()): HttpResponse<String> {
        val form = fields.joinToString("&") { (name, value) -> "$name=${encode(value, Charsets.UTF_8)}" }
        return send(
            HttpRequest
                .newBuilder(URI(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)),
        )
    }

    /** Answers the consent page with one of its buttons; gives the page where that ends. */
    fun decide(consent: HttpResponse<String>, decision: String = "allow"): HttpResponse<String> {
        val hidden = Regex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""").findAll(consent.body())
        val fields = hidden.map {
            it.destructured.let { (name, value) -> name to value.replace("&amp;", "&") }
        }.toList()
        check(fields.isNotEmpty()) { "no consent page: ${consent.body()}" }
        return post("${consent.uri().resolve("/oauth/")}", fields + ("decision" to decision))
    }

    private fun send(request: HttpRequest.Builder): HttpResponse<String> =
        browser.send(request.timeout(ofSeconds(10)).build(), BodyHandlers.ofString())
}

/** A browser as `BROWSER` names one: opens the URL and presses Allow. */
internal object AllowingBrowser {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val person = Person()
        person.decide(person.visit(arguments.single()))
    }
}

/** A port that nothing listens on, below those that the system gives out by itself: nobody is given it meanwhile. */
internal fun freePort(): Int = generateSequence { Random.nextInt(10_000, 30_000) }.first(::isFree)

/** Whether a program could listen on a port at this moment. */
internal fun isFree(port: Int): Boolean =
    runCatching { ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close() }.isSuccess
