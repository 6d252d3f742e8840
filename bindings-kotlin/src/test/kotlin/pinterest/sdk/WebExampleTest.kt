package pinterest.sdk

import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import java.net.http.HttpClient.Redirect
import java.net.http.HttpResponse
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** `examples/web/ktor`, as `make build-web-kotlin` leaves it, visited by people with browsers of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class WebExampleTest {
    private val port = freePort()
    private val redirectUri = "http://localhost:$port/callback"
    private val server = start()
    private val output = server.inputStream.bufferedReader()
    private val home = CompletableFuture.supplyAsync(output::readLine).get(15, TimeUnit.SECONDS)

    @BeforeEach
    fun reset() {
        Sandbox.reset()
        Sandbox.configuration(redirectUri)
    }

    @AfterAll
    fun end() {
        val time =
            measureTime {
                // Process.destroy() would close the output as well.
                server.toHandle().destroy()
                assertTrue(server.waitFor(10, TimeUnit.SECONDS))
            }
        assertTrue(time < 3.seconds, "took $time to end")
        assertEquals(emptyList<String>(), output.readLines())
    }

    @Test
    fun `it says where it is`() {
        assertEquals("http://localhost:$port/", home)
    }

    @Test
    fun `a person connects, is greeted and logs out`() {
        val person = Person()
        assertSignedOut(person.visit(home))
        val greeting = person.decide(person.visit("${home}login"))
        assertEquals(home, "${greeting.uri()}")
        assertGreeted(greeting)
        assertGreeted(person.visit(home))
        val token = Sandbox.requests().mapNotNull { request ->
            request["headers"].asJsonArray.map { it.asJsonArray }.firstOrNull { it[0].asString == "authorization" }
        }.last()[1].asString.removePrefix("Bearer ")
        assertTrue(token.startsWith("pina_"), token)
        assertFalse(token in greeting.body() + greeting.headers() + person.cookie("session"))

        assertSignedOut(person.post("${home}logout"))
        assertSignedOut(person.visit(home))
    }

    @Test
    fun `a token that has ended is renewed for the next page`() {
        val lifetime = { seconds: Int? ->
            Sandbox.control("PATCH", "/_sandbox/switches", mapOf("access_token_lifetime_seconds" to seconds))
        }
        lifetime(2)
        val person = Person()
        assertGreeted(person.decide(person.visit("${home}login")))
        lifetime(2_592_000)
        repeat(2) { Managed.nextSecond() }
        repeat(2) { assertGreeted(person.visit(home)) }
        assertTrue(Managed.renewals() in 1..2)
    }

    @Test
    fun `each login has a session of its own and ends the one before`() {
        val person = Person()
        val cookies = buildList {
            repeat(2) {
                val consent = person.visit("${home}login")
                add(person.cookie("session").orEmpty())
                assertGreeted(person.decide(consent))
                add(person.cookie("session").orEmpty())
            }
            add(last().dropLast(1) + "x")
        }
        val greeted = cookies.map { cookie ->
            "Hello" in Person().apply { hold(home, "session", cookie) }.visit(home).body()
        }
        assertEquals(listOf(false, false, false, true, false), greeted)
    }

    @Test
    fun `a person denies it and sees why`() {
        val person = Person()
        val page = person.decide(person.visit("${home}login"), "deny")
        assertSignedOut(page, "access_denied")
        assertGreeted(person.decide(person.visit("${home}login")))
    }

    @Test
    fun `two people at once, and neither's callback fits the other`() {
        val people = List(2) { Person(Redirect.NEVER) }
        val callbacks = people.map { person ->
            val consent = person.visit(location(person.visit("${home}login")))
            location(person.decide(consent))
        }
        val foreign = people[0].visit(callbacks[1])
        assertEquals(home, "${foreign.uri().resolve(location(foreign))}")
        assertSignedOut(people[0].visit(home), why = "")
        assertEquals(0, Sandbox.requests().count { it["path"].asString == "/v5/oauth/token" })
        people[1].visit(callbacks[1])
        assertGreeted(people[1].visit(home))
        assertSignedOut(people[0].visit(home), why = "")
    }

    @Test
    fun `a callback that nobody waits for`() {
        assertSignedOut(Person().visit("$redirectUri?code=c&state=s"), "No login was under way")
    }

    @Test
    fun `foreign text is shown as text`() {
        val person = Person()
        val state = person.visit("${home}login").uri().query.substringAfter("state=")
        val page = person.visit("$redirectUri?error=%3Cscript%3E&state=$state")
        assertSignedOut(page, "&lt;script&gt;")
        assertFalse("<script" in page.body(), page.body())
    }

    /** With a sentence that holds [why], or without one. */
    private fun assertSignedOut(page: HttpResponse<String>, why: String? = null) {
        assertEquals(200, page.statusCode())
        assertTrue("""<a href="/login">Connect with Pinterest</a>""" in page.body(), page.body())
        assertTrue(why.orEmpty() in page.body(), page.body())
        assertEquals(why == null, "<p></p>" in page.body(), page.body())
        assertEquals("no-store", page.headers().firstValue("cache-control").get())
    }

    private fun assertGreeted(page: HttpResponse<String>) {
        assertTrue("Hello, sandbox_user!" in page.body() && "Log out" in page.body(), page.body())
        assertFalse("Connect with Pinterest" in page.body(), page.body())
        assertEquals("no-store", page.headers().firstValue("cache-control").get())
    }

    private fun location(answer: HttpResponse<String>) = answer.headers().firstValue("location").get()

    private fun start(): Process {
        val app = Sandbox.configuration(redirectUri)
        val program =
            ProcessBuilder("${System.getProperty("java.home")}/bin/java", "-cp", "../build/examples/ktor/*", "AppKt")
        program.environment() += mapOf(
            "PINTEREST_APP_ID" to app.username,
            "PINTEREST_APP_SECRET" to app.password,
            "PINTEREST_REDIRECT_URI" to redirectUri,
            "PINTEREST_API_URI" to app.host,
            "PINTEREST_OAUTH_URI" to app.authorizationUrl,
        )
        return program.redirectErrorStream(true).start()
    }
}
