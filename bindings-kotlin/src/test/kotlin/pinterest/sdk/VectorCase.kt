package pinterest.sdk

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.util.Base64
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** Reads an object's fields, each of which must be known. */
internal class Fields(private val json: JsonObject, vararg known: String) {
    init {
        val unknown = json.keySet() - known.toSet()
        require(unknown.isEmpty()) { "fields that this runner does not know: $unknown" }
    }

    fun has(name: String) = json.has(name)

    fun any(name: String): JsonElement? = json[name]?.takeUnless { it.isJsonNull }

    fun text(name: String): String? = any(name)?.asString

    fun yes(name: String): Boolean = any(name)?.asBoolean ?: false

    fun seconds(name: String): Duration? = any(name)?.asDouble?.seconds

    fun objectAt(name: String): JsonObject = any(name)?.asJsonObject ?: JsonObject()

    fun list(name: String): List<JsonElement> = any(name)?.asJsonArray?.toList().orEmpty()

    fun texts(name: String): List<String> = list(name).map { it.asString }
}

/** A case of `tests/vectors`, as its README describes it. */
internal class VectorCase(json: JsonObject) {
    private val fields =
        Fields(json, "name", "configuration", "call", "server", "outcome", "within_seconds", "canary")
    private val settings =
        Fields(
            fields.objectAt("configuration"),
            "host",
            "username",
            "password",
            "access_token",
            "timeout_seconds",
            "connect_timeout_seconds",
            "environment",
            "proxy",
            "retries",
            "max_answer_bytes",
        )
    private val call =
        Fields(
            fields.objectAt("call"),
            *arrayOf("method", "times", "pause_ms", "grant_type", "code", "redirect_uri", "refresh_token", "scope"),
            *arrayOf("continuous_refresh", "refresh_on", "token", "token_type_hint"),
            *arrayOf("scopes", "pkce", "comma_separated_scopes", "lifetime_seconds", "callback", "uses", "merged_with"),
            *arrayOf("options", "http_method", "path", "json", "content", "parts", "any_type"),
        )
    private val outcome =
        Fields(fields.objectAt("outcome"), "response", "error", "status", "text", "url_contains", "ends_in")
    private val timeout = settings.seconds("timeout_seconds") ?: 5.seconds

    val name = checkNotNull(fields.text("name"))
    val server = Fields(fields.objectAt("server"), "setup", "respond", "expect", "connections")
    val canary = fields.texts("canary")
    val times = call.any("times")?.asInt ?: 1
    val pause = (call.any("pause_ms")?.asInt ?: 0).milliseconds
    val limit = fields.seconds("within_seconds") ?: (timeout + 1.seconds)
    val expectedResponse: JsonObject = outcome.objectAt("response")
    val expectedText: String? = outcome.text("text")
    val expectedStatus: Int? = outcome.any("status")?.asInt
    val expectedError: ExpectedError? = outcome.any("error")?.let { ExpectedError(it.asJsonObject) }

    fun configuration() = Configuration(
        host = settings.text("host") ?: "${Sandbox.address("http")}/v5".takeUnless { settings.has("host") },
        environment = Environment.valueOf((settings.text("environment") ?: "production").uppercase()),
        proxy = settings.text("proxy"),
        username = if (settings.has("username")) settings.text("username") else "1234567",
        password = if (settings.has("password")) settings.text("password") else SECRET,
        accessToken = settings.text("access_token"),
        timeout = timeout,
        connectTimeout = settings.seconds("connect_timeout_seconds"),
        retries = settings.any("retries")?.asInt ?: 0,
        maxAnswerBytes = settings.any("max_answer_bytes")?.asLong,
    )

    /** Makes the call; gives the response and its fields by their names in the vectors. */
    suspend fun call(client: ApiClient): Pair<ApiResponse<*>, JsonObject> = when (call.text("method")) {
        "authorize" -> authorize(client).let { ApiResponse(it, 200, emptyMap()) to checked(it).toJson() }
        "request" -> request(client) to JsonObject()
        else -> OauthApi(client).use { api -> call(options()?.let(api::withOptions) ?: api) }
    }

    private fun options(): CallOptions? {
        val json = call.any("options")?.asJsonObject ?: return null
        val given = Fields(json, "timeout_seconds", "connect_timeout_seconds", "headers")
        return CallOptions {
            given.seconds("timeout_seconds")?.let { timeout(it) }
            given.seconds("connect_timeout_seconds")?.let { connectTimeout(it) }
            given.objectAt("headers").entrySet().forEach { (name, value) -> header(name, value.asString) }
        }
    }

    /** Any endpoint. */
    private suspend fun request(client: ApiClient): ApiResponse<*> {
        val content = Fields(call.objectAt("content"), "content_type", "text")
        val body = when {
            call.has("json") -> ApiRequest.Json(call.objectAt("json").toString())

            call.has("parts") -> ApiRequest.Multipart(call.list("parts").map { part(it.asJsonObject) })

            call.has("content") ->
                ApiRequest.Content(content.text("content_type").orEmpty(), content.text("text").orEmpty().toByteArray())

            else -> null
        }
        val request =
            ApiRequest(checkNotNull(call.text("http_method")), checkNotNull(call.text("path")), body = body)
        if (!call.yes("any_type")) return client.request(request)
        return client.requestBytes(request).run { ApiResponse(String(data), status, headers) }
    }

    private fun part(json: JsonObject): ApiRequest.Part {
        val part = Fields(json, "name", "text", "file_name", "content_type")
        val bytes = part.text("text").orEmpty().toByteArray()
        return ApiRequest.Part(part.text("name").orEmpty(), bytes, part.text("file_name"), part.text("content_type"))
    }

    private suspend fun call(api: OauthApi): Pair<ApiResponse<*>, JsonObject> =
        when (val method = call.text("method")) {
            "oauth_token" -> api.oauthTokenWithHttpInfo(request()).let { it to checked(merged(it.data)).toJson() }

            "conversion_token" -> api.conversionTokenWithHttpInfo().let { it to it.data.toJson() }

            "revoke_token" -> {
                val hint = call.text("token_type_hint")?.let { TokenTypeHint.valueOf(it.uppercase()) }
                api.revokeTokenWithHttpInfo(checkNotNull(call.text("token")), hint) to JsonObject()
            }

            else -> error("no such method: $method")
        }

    private fun merged(token: OauthAccessTokenResponse): OauthAccessTokenResponse {
        if (!call.has("merged_with")) return token
        val names = arrayOf("access_token", "scope", "refresh_token", "refresh_token_expires_at")
        val old = Fields(call.objectAt("merged_with"), *names)
        return token.mergedWith(
            OauthAccessTokenResponse(
                checkNotNull(old.text("access_token")),
                scope = old.text("scope"),
                refreshToken = old.text("refresh_token"),
                refreshTokenExpiresAt = old.any("refresh_token_expires_at")?.asLong,
            ),
        )
    }

    /** The token, if it ends when it should. */
    private fun checked(token: OauthAccessTokenResponse) = token.also {
        val wanted = outcome.any("ends_in")?.asLong ?: return@also
        val left = checkNotNull(it.expiresAt) - java.time.Instant.now().epochSecond
        check(left in wanted - 60..wanted) { "the token ends in $left seconds, not $wanted" }
    }

    /** Starts an authorization, keeps it as JSON and completes it as often as the case says. */
    private suspend fun authorize(client: ApiClient): OauthAccessTokenResponse {
        val request =
            AuthorizationRequest(
                checkNotNull(call.text("redirect_uri")),
                call.texts("scopes").map(::scope),
                call.yes("pkce"),
                call.yes("continuous_refresh"),
                call.seconds("lifetime_seconds") ?: 10.minutes,
            )
        val written = if (call.yes("comma_separated_scopes")) request.withCommaSeparatedScopes() else request
        val started = written.start(client)
        outcome.texts("url_contains").forEach { check(it in started.url) { "${started.url} lacks $it" } }
        val callback = checkNotNull(call.text("callback")).replace("{state}", started.state)
        val pending = PendingAuthorization.fromJson(started.toJson())
        val options = options()
        repeat((call.any("uses")?.asInt ?: 1) - 1) { pending.complete(client, callback, options) }
        return pending.complete(client, callback, options)
    }

    /** With the grant's own class where that can be written, else in the raw form. */
    private fun request(): OauthAccessTokenRequest {
        val code = call.text("code")
        val redirectUri = call.text("redirect_uri")
        val refreshToken = call.text("refresh_token")
        val scope = call.text("scope")
        val continuous = call.yes("continuous_refresh")
        val refreshOn = call.yes("refresh_on")
        val grantType = checkNotNull(call.text("grant_type"))
        return when {
            grantType == "authorization_code" && code != null && redirectUri != null && scope == null ->
                AuthorizationCode(code, redirectUri, continuous)

            grantType == "refresh_token" && refreshToken != null ->
                RefreshToken(refreshToken, scope, continuous, refreshOn)

            grantType == "client_credentials" && scope != null -> ClientCredentials(scope)

            else -> Raw(grantType, code, redirectUri, refreshToken, scope, continuous, refreshOn)
        }
    }
}

/** A scope, or `constant:NAME`. */
private fun scope(text: String): String = text.removePrefix("constant:").let { name ->
    if (name == text) text else Scopes::class.java.getField(name).get(null) as String
}

/** What an exception must be. */
internal class ExpectedError(json: JsonObject) {
    private val fields =
        Fields(
            json,
            *arrayOf("kind", "outcome", "phase", "status", "code", "setting", "message_contains", "hint_contains"),
            *arrayOf("retry_after_seconds", "request_id", "body", "hint_settings", "headers", "retryable"),
            *arrayOf("reason"),
        )

    fun problems(exception: PinterestException): List<String> = buildList {
        fun same(name: String, actual: Any?) {
            val expected = fields.any(name)?.asString
            if (fields.has(name) && expected != actual?.toString()) add("$name is $actual, not $expected")
        }
        same("kind", exception.javaClass.simpleName.removeSuffix("Exception"))
        same(
            "outcome",
            exception.outcome.name.split("_").joinToString("") {
                it.lowercase().replaceFirstChar(Char::uppercase)
            },
        )
        same("phase", (exception as? NetworkException)?.phase?.name?.lowercase())
        same("status", exception.status)
        same("code", exception.code)
        same("retry_after_seconds", exception.retryAfterSeconds)
        same("request_id", exception.requestId)
        same("body", exception.body)
        same("retryable", exception.isRetryable)
        same("reason", exception.reason)
        for ((name, value) in fields.objectAt("headers").entrySet()) {
            val actual = exception.headers[name]?.single()
            if (actual != (if (value.isJsonNull) null else value.asString)) add("header $name is $actual")
        }
        fields.texts("message_contains").filterNot {
            it in exception.message.orEmpty()
        }.forEach { add("message lacks $it") }
        fields.texts("hint_contains").filterNot { it in exception.hint.orEmpty() }.forEach { add("hint lacks $it") }
        fields.text("setting")?.let { names[it] ?: it }?.let {
            if ("`$it`" !in exception.message.orEmpty()) add("message names no $it")
        }
        fields.texts("hint_settings").map { names[it] ?: it }.filterNot { "`$it`" in exception.hint.orEmpty() }
            .forEach { add("hint names no $it") }
        if (isNotEmpty()) add(exception.toString())
    }
}

/** What the cases call a setting, and what it is called here. */
private val names = mapOf(
    "access_token" to "accessToken",
    "redirect_uri" to "redirectUri",
    "refresh_token" to "refreshToken",
    "grant_type" to "grantType",
    "max_answer_bytes" to "maxAnswerBytes",
)

/** What must have arrived. */
internal fun requestProblems(expected: List<JsonElement>, arrived: List<JsonObject>): List<String> = buildList {
    if (expected.size != arrived.size) add("${arrived.size} requests arrived, not ${expected.size}")
    for ((wanted, request) in expected.zip(arrived)) {
        val fields = Fields(wanted.asJsonObject, "method", "path", "headers", "body", "body_contains")
        fields.texts("body_contains").filterNot { it in request["body"].asString }.forEach { add("the body lacks $it") }
        for (name in listOf("method", "path", "body")) {
            val value = fields.text(name) ?: continue
            if (value != request[name].asString) add("$name is ${request[name]}, not $value")
        }
        for ((name, value) in fields.objectAt("headers").entrySet()) {
            val wantedValue = if (value.isJsonNull) null else basic(value.asString)
            val actual = request["headers"].asJsonArray.firstOrNull {
                it.asJsonArray[0].asString.equals(name, true)
            }
            val actualValue = actual?.asJsonArray?.get(1)?.asString
            if (actualValue != wantedValue) add("header $name is $actualValue, not $wantedValue")
        }
    }
}

private fun basic(value: String): String = if (value.startsWith("basic:")) {
    "Basic " + Base64.getEncoder().encodeToString(value.removePrefix("basic:").toByteArray())
} else {
    value
}

private fun OauthAccessTokenResponse.toJson() = JsonObject().apply {
    addProperty("access_token", accessToken)
    addProperty("token_type", tokenType)
    addProperty("expires_in", expiresIn)
    addProperty("scope", scope)
    addProperty("response_type", responseType?.name)
    addProperty("refresh_token", refreshToken)
    addProperty("refresh_token_expires_in", refreshTokenExpiresIn)
    addProperty("refresh_token_expires_at", refreshTokenExpiresAt)
    add("additional_properties", parsed(additionalProperties))
    add("odd_fields", parsed(oddFields))
}

private fun ConversionToken.toJson() = JsonObject().apply {
    addProperty("access_token", accessToken)
    addProperty("token_type", tokenType)
    add("additional_properties", parsed(additionalProperties))
    add("odd_fields", parsed(oddFields))
}

/** Names and values. */
private fun parsed(odd: List<OddField>) = JsonArray().apply {
    for (field in odd) {
        val pair = JsonArray()
        pair.add(field.name)
        pair.add(JsonParser.parseString(field.received))
        add(pair)
    }
}

private fun parsed(texts: Map<String, String>) =
    JsonObject().apply { texts.forEach { (name, json) -> add(name, JsonParser.parseString(json)) } }

/** The cases of one file. */
internal fun readCases(text: String): List<VectorCase> =
    (JsonParser.parseString(Sandbox.fill(text)) as JsonArray).map { VectorCase(it.asJsonObject) }
