package pinterest.sdk.internal

import pinterest.sdk.ApiRequest
import pinterest.sdk.ApiResponse
import pinterest.sdk.Auth
import pinterest.sdk.AuthorizationCode
import pinterest.sdk.AuthorizationRequest
import pinterest.sdk.CallOptions
import pinterest.sdk.ClientCredentials
import pinterest.sdk.Configuration
import pinterest.sdk.ConversionToken
import pinterest.sdk.Environment
import pinterest.sdk.InvalidInputException
import pinterest.sdk.OauthAccessTokenRequest
import pinterest.sdk.OauthAccessTokenResponse
import pinterest.sdk.OddField
import pinterest.sdk.Outcome
import pinterest.sdk.PinterestException
import pinterest.sdk.RateLimit
import pinterest.sdk.Raw
import pinterest.sdk.RefreshToken
import pinterest.sdk.ResponseType
import pinterest.sdk.TokenEvent
import pinterest.sdk.TokenEventKind
import pinterest.sdk.TokenFailure
import pinterest.sdk.TokenLife
import pinterest.sdk.TokenOptions
import pinterest.sdk.TokenState
import pinterest.sdk.TokenStatus
import pinterest.sdk.TokenTypeHint
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Any endpoint. */
internal suspend fun CoreClient.send(request: ApiRequest): ApiResponse<String?> =
    answer(request, false).run { http.toResponse(json?.text) }

/** Any endpoint, whose answer may be of any type. */
internal suspend fun CoreClient.sendForBytes(request: ApiRequest): ApiResponse<ByteArray> =
    answer(request, true).run { http.toResponse(checkNotNull(bytes)) }

private suspend fun CoreClient.answer(request: ApiRequest, ofAnyType: Boolean): NativeAnswer =
    make<NativeOutcome.Answer>(NativeCall.Request(request.toNative(ofAnyType), request.options.toNative())).answer

/** `POST /oauth/token`. */
internal suspend fun CoreClient.token(
    request: OauthAccessTokenRequest,
    options: CallOptions?,
): ApiResponse<OauthAccessTokenResponse> =
    make<NativeOutcome.TokenAnswer>(NativeCall.OauthToken(request.toNative(), options.toNative())).answer.run {
        http.toResponse(token.toToken())
    }

/** `POST /oauth/token/revoke`. */
internal suspend fun CoreClient.revoke(token: String, hint: TokenTypeHint?, options: CallOptions?): ApiResponse<Unit> {
    val call = NativeCall.RevokeToken(token.toNative(), hint?.toNative(), options.toNative())
    return make<NativeOutcome.Revoked>(call).http.toResponse(Unit)
}

/** `POST /oauth/conversion_token`. */
internal suspend fun CoreClient.convert(options: CallOptions?): ApiResponse<ConversionToken> =
    make<NativeOutcome.ConversionToken>(NativeCall.ConversionToken(options.toNative())).token.toResponse()

/** The exchange of a callback's code. */
internal suspend fun CoreClient.complete(
    pending: String,
    callback: String,
    options: CallOptions?,
): OauthAccessTokenResponse {
    val call = NativeCall.CompleteAuthorization(pending, callback.toNative(), options.toNative())
    return make<NativeOutcome.TokenAnswer>(call).answer.token.toToken()
}

private suspend inline fun <reified T : NativeOutcome> CoreClient.make(call: NativeCall) =
    CallQueue.make(number, call) as T

private fun String.toNative(): HiddenText = HiddenText(this)

internal fun Configuration.toNative(): NativeConfiguration = NativeConfiguration(
    environment = environment.toNative(),
    host = host,
    username = username,
    password = password?.toNative(),
    accessToken = accessToken?.toNative(),
    userAgent = userAgent,
    connectTimeout = connectTimeout?.toLimit("connectTimeout"),
    timeout = timeout?.toLimit("timeout"),
    retries = retries.coerceAtLeast(0).toUInt(),
    maxAnswerBytes = maxAnswerBytes?.coerceAtLeast(0)?.toULong(),
    proxy = proxy?.toNative(),
    noProxy = noProxy,
    sslCaCert = sslCaCert?.toString(),
    certFile = certFile?.toString(),
    keyFile = keyFile?.toString(),
    authorizationUrl = authorizationUrl,
    keepRateLimits = keepRateLimits,
    rateLimitWait = rateLimitWait?.toNanoseconds("`rateLimitWait` is negative"),
)

private fun Environment.toNative() = when (this) {
    Environment.PRODUCTION -> NativeEnvironment.PRODUCTION
    Environment.SANDBOX -> NativeEnvironment.SANDBOX
}

private val ordinary = NativeOptions(null, null, emptyList())

internal fun CallOptions?.toNative(): NativeOptions = if (this == null) {
    ordinary
} else {
    NativeOptions(
        timeout?.toLimit("timeout"),
        connectTimeout?.toLimit("connectTimeout"),
        headers.toNative(),
    )
}

/** Zero is no limit, and what is below it is none either: it is a mistake. */
private fun Duration.toLimit(name: String): ULong = toNanoseconds("`$name` is negative; zero is no limit")

/** Refuses what is below zero, as Python and Node do. */
internal fun Duration.toNanoseconds(saidIfNegative: String): ULong {
    if (isNegative()) throw InvalidInputException(PinterestException.Facts(saidIfNegative, Outcome.NOT_SENT))
    return inWholeNanoseconds.toULong()
}

internal fun ApiRequest.toNative(ofAnyType: Boolean): NativeRequest = NativeRequest(
    method = method,
    path = path.toNative(),
    query = query.toNative(),
    json = (body as? ApiRequest.Json)?.text?.toNative(),
    form = (body as? ApiRequest.Form)?.fields?.toNative(),
    content = (body as? ApiRequest.Content)?.let { NativeContent(it.contentType, it.bytes) },
    parts = (body as? ApiRequest.Multipart)?.parts?.map { NativePart(it.name, it.fileName, it.contentType, it.bytes) },
    auth =
    when (auth) {
        Auth.NONE -> NativeAuth.NONE
        Auth.BASIC -> NativeAuth.BASIC
        Auth.BEARER -> NativeAuth.BEARER
    },
    ofAnyType = ofAnyType,
)

private fun List<Pair<String, String?>>.toNative(): List<NativeField> =
    mapNotNull { (name, value) -> value?.let { NativeField(name, it.toNative()) } }

internal fun AuthorizationRequest.toNative(): NativeAuthorizationRequest = NativeAuthorizationRequest(
    redirectUri,
    scopes,
    pkce,
    continuousRefresh,
    commaSeparatedScopes,
    lifetime.toNanoseconds("`lifetime` is negative"),
)

private fun OauthAccessTokenRequest.toNative(): NativeTokenRequest = when (this) {
    is AuthorizationCode -> fields(code, redirectUri, continuousRefresh = continuousRefresh)
    is RefreshToken -> fields(null, null, refreshToken, scope, continuousRefresh, refreshOn)
    is ClientCredentials -> fields(scope = scope)
    is Raw -> fields(code, redirectUri, refreshToken, scope, continuousRefresh, refreshOn)
}

private fun OauthAccessTokenRequest.fields(
    code: String? = null,
    redirectUri: String? = null,
    refreshToken: String? = null,
    scope: String? = null,
    continuousRefresh: Boolean = false,
    refreshOn: Boolean = false,
) = NativeTokenRequest(
    grantType,
    code?.toNative(),
    redirectUri,
    refreshToken?.toNative(),
    scope,
    continuousRefresh,
    refreshOn,
)

private fun TokenTypeHint.toNative(): NativeTokenKind = when (this) {
    TokenTypeHint.ACCESS_TOKEN -> NativeTokenKind.ACCESS_TOKEN
    TokenTypeHint.REFRESH_TOKEN -> NativeTokenKind.REFRESH_TOKEN
}

/** What the environment's variables name. */
internal fun settingsOf(environment: Map<String, String>): Configuration {
    val ours = environment.filterKeys { it.startsWith("PINTEREST_") }.mapValues { (_, value) -> value.toNative() }
    return settingsOfEnvironment(ours).run {
        Configuration(
            username = username,
            password = password?.text,
            accessToken = accessToken?.text,
            host = host,
            authorizationUrl = authorizationUrl,
        )
    }
}

internal fun NativeToken.toToken(): OauthAccessTokenResponse = OauthAccessTokenResponse(
    accessToken = accessToken.text,
    tokenType = tokenType,
    expiresIn = expiresIn,
    scope = scope,
    responseType = responseType?.let(::ResponseType),
    refreshToken = refreshToken?.text,
    refreshTokenExpiresIn = refreshTokenExpiresIn,
    refreshTokenExpiresAt = refreshTokenExpiresAt,
    additionalProperties = additionalProperties.mapValues { (_, json) -> json.text },
    oddFields = oddFields.map { it.toOddField() },
    expiresAt = expiresAt,
)

internal fun OauthAccessTokenResponse.toNative(): NativeToken = NativeToken(
    accessToken.toNative(),
    tokenType,
    expiresIn,
    expiresAt,
    scope,
    responseType?.name,
    refreshToken?.toNative(),
    refreshTokenExpiresIn,
    refreshTokenExpiresAt,
    // Nothing of these is kept.
    emptyMap(),
    emptyList(),
)

internal fun TokenOptions.toNative(peer: ULong): NativeTokenOptions =
    NativeTokenOptions(wait?.toLimit("wait"), clientCredentials, peer)

internal fun NativeTokenEvent.toEvent(): TokenEvent =
    TokenEvent(TokenEventKind(kind), account, error?.toPinterestException(), at)

internal fun NativeTokenStatus.toStatus(): TokenStatus = TokenStatus(
    TokenState(state),
    scope,
    accessLife?.run { TokenLife(issuedAt, expiresAt) },
    refreshLife?.run { TokenLife(issuedAt, expiresAt) },
    failure?.run { TokenFailure(failures.toInt(), failedAt, until, kind, message) },
    asked,
    unsaved,
    store,
)

private fun NativeOddField.toOddField() = OddField(name, reason, received.text)

private fun NativeConversionToken.toResponse(): ApiResponse<ConversionToken> = http.toResponse(
    ConversionToken(
        accessToken.text,
        tokenType,
        additionalProperties.mapValues { (_, json) -> json.text },
        oddFields.map { it.toOddField() },
    ),
)

internal fun <T> NativeHttp.toResponse(data: T): ApiResponse<T> =
    ApiResponse(data, status.toInt(), headers.grouped(), rateLimit.toRateLimit())

internal fun List<NativeField>.grouped(): Map<String, List<String>> = groupBy({ it.name }, { it.value.text })

internal fun NativeRateLimit.toRateLimit(): RateLimit =
    RateLimit(limit?.toLong(), remaining?.toLong(), resetSeconds?.toLong()?.seconds)
