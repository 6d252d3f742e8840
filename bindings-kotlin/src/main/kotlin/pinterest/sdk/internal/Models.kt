package pinterest.sdk.internal

import pinterest.sdk.ApiRequest
import pinterest.sdk.ApiResponse
import pinterest.sdk.Auth
import pinterest.sdk.AuthorizationCode
import pinterest.sdk.AuthorizationRequest
import pinterest.sdk.ClientCredentials
import pinterest.sdk.Configuration
import pinterest.sdk.ConversionToken
import pinterest.sdk.Environment
import pinterest.sdk.OauthAccessTokenRequest
import pinterest.sdk.OauthAccessTokenResponse
import pinterest.sdk.OddField
import pinterest.sdk.RateLimit
import pinterest.sdk.Raw
import pinterest.sdk.RefreshToken
import pinterest.sdk.ResponseType
import pinterest.sdk.TokenTypeHint
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** Any endpoint. */
internal suspend fun CoreClient.send(request: ApiRequest): ApiResponse<String?> =
    make<NativeOutcome.Answer>(NativeCall.Request(request.toNative())).answer.run { http.toResponse(json?.text) }

/** `POST /oauth/token`. */
internal suspend fun CoreClient.token(request: OauthAccessTokenRequest): ApiResponse<OauthAccessTokenResponse> =
    make<NativeOutcome.TokenAnswer>(NativeCall.OauthToken(request.toNative())).answer.run {
        http.toResponse(token.toToken())
    }

/** `POST /oauth/token/revoke`. */
internal suspend fun CoreClient.revoke(token: String, hint: TokenTypeHint?): ApiResponse<Unit> =
    make<NativeOutcome.Revoked>(NativeCall.RevokeToken(token.toNative(), hint?.toNative())).http.toResponse(Unit)

/** `POST /oauth/conversion_token`. */
internal suspend fun CoreClient.convert(): ApiResponse<ConversionToken> =
    make<NativeOutcome.ConversionToken>(NativeCall.ConversionToken).token.toResponse()

/** The exchange of a callback's code. */
internal suspend fun CoreClient.complete(pending: String, callback: String): OauthAccessTokenResponse =
    make<NativeOutcome.Token>(NativeCall.CompleteAuthorization(pending, callback.toNative())).token.toToken()

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
    connectTimeout = connectTimeout?.toNanoseconds(),
    timeout = timeout?.toNanoseconds(),
    retries = retries.coerceAtLeast(0).toUInt(),
    maxAnswerBytes = maxAnswerBytes?.coerceAtLeast(0)?.toULong(),
    proxy = proxy?.toNative(),
    noProxy = noProxy,
    sslCaCert = sslCaCert?.toString(),
    certFile = certFile?.toString(),
    keyFile = keyFile?.toString(),
    authorizationUrl = authorizationUrl,
)

private fun Environment.toNative() = when (this) {
    Environment.PRODUCTION -> NativeEnvironment.PRODUCTION
    Environment.SANDBOX -> NativeEnvironment.SANDBOX
}

/** A negative duration is over before it starts, as zero is. */
private fun Duration.toNanoseconds() = inWholeNanoseconds.coerceAtLeast(0).toULong()

internal fun ApiRequest.toNative(): NativeRequest = NativeRequest(
    method = method,
    path = path.toNative(),
    query = query.toNative(),
    json = (body as? ApiRequest.Json)?.text?.toNative(),
    form = (body as? ApiRequest.Form)?.fields?.toNative(),
    auth =
    when (auth) {
        Auth.NONE -> NativeAuth.NONE
        Auth.BASIC -> NativeAuth.BASIC
        Auth.BEARER -> NativeAuth.BEARER
    },
)

private fun List<Pair<String, String?>>.toNative(): List<NativeField> =
    mapNotNull { (name, value) -> value?.let { NativeField(name, it.toNative()) } }

internal fun AuthorizationRequest.toNative(): NativeAuthorizationRequest =
    NativeAuthorizationRequest(redirectUri, scopes, pkce, continuousRefresh, lifetime.toNanoseconds())

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

private fun <T> NativeHttp.toResponse(data: T): ApiResponse<T> =
    ApiResponse(data, status.toInt(), headers.groupBy({ it.name }, { it.value.text }), rateLimit.toRateLimit())

internal fun NativeRateLimit.toRateLimit(): RateLimit =
    RateLimit(limit?.toLong(), remaining?.toLong(), resetSeconds?.toLong()?.seconds)
