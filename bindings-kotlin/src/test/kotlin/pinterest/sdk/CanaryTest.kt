package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import pinterest.sdk.internal.HiddenText
import pinterest.sdk.internal.NativeField
import pinterest.sdk.internal.NativeHttp
import pinterest.sdk.internal.NativeOddField
import pinterest.sdk.internal.NativeRateLimit
import pinterest.sdk.internal.NativeToken
import pinterest.sdk.internal.NativeTokenAnswer
import pinterest.sdk.internal.NativeTokenRequest
import pinterest.sdk.internal.toNative

/** No text form of anything shows a secret; the secrets here all hold the word `canary`. */
internal class CanaryTest {
    private val configuration =
        Configuration(
            username = "1234567",
            password = "canary-password",
            accessToken = "canary-token",
            host = "${Sandbox.address("http")}/v5",
            proxy = "http://user:canary-proxy@127.0.0.1:1",
            noProxy = "127.0.0.1",
        )
    private val requests =
        listOf(
            AuthorizationCode("canary-code", "http://localhost:8085/", true),
            RefreshToken("canary-refresh", "ads:read", continuousRefresh = true, refreshOn = true),
            ClientCredentials("ads:read"),
            Raw("other", "canary-code", "http://localhost:8085/", "canary-refresh", "ads:read", true, true),
        )

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `requests and settings`() {
        val client = ApiClient(configuration)
        val border =
            NativeTokenRequest("refresh_token", HiddenText("canary"), null, HiddenText("canary"), null, false, false)
        val shown = (requests + listOf(configuration, client, configuration.toNative(), border)).map(Any::toString)
        client.close()
        shown.forEach { assertHidden(it) }
        assertEquals(
            "AuthorizationCode(code=[redacted], redirectUri=http://localhost:8085/, continuousRefresh=true)",
            shown[0],
        )
        assertTrue("username=1234567, password=[redacted], accessToken=[redacted]" in shown[4], shown[4])
    }

    @Test
    fun `addresses that hold more than an address`() {
        for (url in listOf(
            "https://user:canary@host/v5",
            "user:can/ary?canary#@host",
            "user:canary@host/?next=https://elsewhere",
            "https://host/v5?canary",
            "canary@",
        )) {
            val settings = listOf(
                Configuration(host = url),
                Configuration(authorizationUrl = url),
                AuthorizationRequest(url, listOf("pins:read")),
                AuthorizationCode("canary", url),
                Raw("other", redirectUri = url),
            )
            settings.forEach { assertHidden(it.toString()) }
        }
        val plain = Configuration(host = "https://host:1/v5", authorizationUrl = "http://localhost/oauth/").toString()
        assertTrue("host=https://host:1/v5, authorizationUrl=http://localhost/oauth/" in plain, plain)
    }

    @Test
    fun `responses keep their secrets and show none`() {
        val answer =
            mapOf(
                "access_token" to "pina_canary",
                "refresh_token" to "pinr.canary",
                "response_type" to "brand_new",
                "expires_in" to "7",
                "other" to mapOf("token" to "canary"),
            )
        repeat(2) { Sandbox.respond(mapOf("json" to answer, "headers" to mapOf("set-cookie" to "session=canary"))) }
        withApi(configuration) { api ->
            val response = api.oauthTokenWithHttpInfoBlocking(requests[0])
            val token = response.data
            assertEquals(
                "ApiResponse(data=OauthAccessTokenResponse(accessToken=[redacted], tokenType=bearer, expiresIn=7, " +
                    "responseType=brand_new, refreshToken=[redacted], additionalProperties=[other]), status=200)",
                response.toString(),
            )
            assertEquals(listOf("session=canary"), response.headers["set-cookie"])
            assertEquals("""{"token":"canary"}""", token.additionalProperties["other"])
            assertEquals(token, api.oauthTokenBlocking(requests[0]))
            assertEquals(token.hashCode(), api.oauthTokenBlockingAgain(answer).hashCode())
            assertNotEquals(token, OauthAccessTokenResponse("pina_canary"))
            val conversion = ConversionToken("canary", additionalProperties = mapOf("a" to "canary"))
            assertHidden(conversion.toString())
            assertEquals(conversion, ConversionToken("canary", "conversion", mapOf("a" to "canary")))
            val secret = HiddenText("canary")
            val cookie = NativeField("set-cookie", secret)
            val http = NativeHttp(200u, listOf(cookie), NativeRateLimit(null, null, null))
            val odd = listOf(NativeOddField("b", "odd", secret))
            val border = NativeToken(secret, "bearer", 1, 2, null, null, secret, null, null, mapOf("a" to secret), odd)
            assertHidden(NativeTokenAnswer(border, http).toString())
        }
    }

    private fun OauthApi.oauthTokenBlockingAgain(answer: Map<String, Any?>): OauthAccessTokenResponse {
        Sandbox.respond(mapOf("json" to answer))
        return oauthTokenBlocking(requests[0])
    }

    @Test
    fun `what is odd is listed beside the token`() {
        Sandbox.respond(mapOf("json" to mapOf("access_token" to "pina_x", "scope" to listOf("canary"))))
        val token = withApi(configuration) { it.oauthTokenBlocking(requests[0]) }
        assertEquals(listOf(OddField("scope", "not a string", """["canary"]""")), token.oddFields)
        assertNotEquals(token, OauthAccessTokenResponse("pina_x"))
        assertEquals(
            "OauthAccessTokenResponse(accessToken=[redacted], tokenType=bearer, additionalProperties=[], " +
                "oddFields=[OddField(name=scope, reason=not a string)])",
            token.toString(),
        )
        val odd = listOf(OddField("a", "odd", "canary"))
        assertHidden(ConversionToken("canary", oddFields = odd).toString())
        assertEquals(odd.hashCode(), listOf(OddField("a", "odd", "canary")).hashCode())
    }

    @Test
    fun `an exception has the body as it came, and does not show it`() {
        val body = "{ \"code\": 1,\n\"message\": \"bad\",\t\"details\": [\"canary words\"] }\n"
        Sandbox.respond(mapOf("status" to 400, "body" to body))
        withApi(configuration) { api ->
            val exception = assertThrows(PinterestException::class.java) { api.oauthTokenBlocking(requests[0]) }
            assertEquals(body, exception.body)
            assertHidden(exception.everyText())
        }
        withApi(Configuration(host = "http://127.0.0.1:1", username = "a", password = "b")) { api ->
            val exception = assertThrows(PinterestException::class.java) { api.oauthTokenBlocking(requests[0]) }
            assertEquals(null, exception.body)
        }
    }

    @Test
    fun `authorizations hold no secret`() {
        ApiClient(configuration).use { client ->
            val request = AuthorizationRequest("http://localhost:8085/", listOf("ads:read"), pkce = true)
            val pending = request.start(client)
            for (shown in listOf(request, pending, pending.toJson(), pending.url)) assertHidden(shown.toString())
            assertFalse(pending.state in pending.toString())
            for (callback in listOf("?code=canary&state=x", "?code=canary\uD800", "?code=canary&code=b", "canary")) {
                val exception =
                    assertThrows(PinterestException::class.java) { pending.completeBlocking(client, callback) }
                assertHidden(exception.everyText())
            }
        }
    }

    @Test
    fun `exceptions of answers that echo what was sent`() {
        val echo = "canary-code canary-refresh canary-password canary-token"
        val answers =
            listOf(400 to 1, 401 to 2, 401 to 283, 401 to 3, 403 to 29, 429 to 8, 503 to 12, 418 to 4)
                .map { (status, code) ->
                    mapOf("status" to status, "json" to mapOf("code" to code, "message" to echo))
                } +
                listOf(
                    mapOf("json" to mapOf("access_token" to listOf("pina_canary"))),
                    mapOf("body" to "{\"access_token\":\"pina_canary"),
                    mapOf("status" to 302, "headers" to mapOf("location" to "https://x/?code=canary-code")),
                    mapOf("raw" to "canary-code\r\n\r\n"),
                )
        val kinds =
            withApi(configuration) { api ->
                answers.map { answer ->
                    Sandbox.respond(answer)
                    val exception = assertThrows(PinterestException::class.java) { api.oauthTokenBlocking(requests[3]) }
                    assertHidden(exception.everyText())
                    exception.javaClass.simpleName.removeSuffix("Exception")
                }
            }
        val refusals = "Api Authentication InvalidGrant Scope Forbidden RateLimited Server Api".split(" ")
        assertEquals(refusals + List(4) { "Protocol" }, kinds)
        assertEquals(answers.size, Sandbox.requests().size)
    }

    @Test
    fun `what cannot be sent is refused without being shown`() {
        val halfCharacter = "canary\uD800"
        withApi(configuration) { api ->
            for (bad in listOf(halfCharacter, "canary\r\nx: y", "canary\u0000")) {
                val calls =
                    listOf<() -> Any?>(
                        { api.oauthTokenBlocking(AuthorizationCode(bad, "http://localhost:8085/")) },
                        { api.oauthTokenBlocking(Raw(bad)) },
                        { api.revokeTokenBlocking(bad) },
                        { withApi(Configuration("1234567", bad)) { it.oauthTokenBlocking(requests[2]) } },
                        { withApi(Configuration("1234567", "x", proxy = bad)) { it.oauthTokenBlocking(requests[2]) } },
                    )
                for (call in calls) {
                    val exception =
                        assertInstanceOf(InvalidInputException::class.java, runCatching(call).exceptionOrNull())
                    assertEquals(Outcome.NOT_SENT, exception.outcome)
                    assertHidden(exception.everyText())
                }
            }
        }
        assertEquals(0, Sandbox.requests().size)
    }

    private fun assertHidden(text: String) = assertFalse("canary" in text, text)
}
