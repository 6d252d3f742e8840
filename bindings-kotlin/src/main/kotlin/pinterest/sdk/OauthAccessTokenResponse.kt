package pinterest.sdk

import pinterest.sdk.internal.mergeTokens
import pinterest.sdk.internal.toNative
import pinterest.sdk.internal.toToken
import pinterest.sdk.internal.withPinterestExceptions
import java.time.Instant

/**
 * Which kind of answer it is: an open set, for Pinterest adds kinds without notice.
 *
 * @property name the name on the wire.
 */
public class ResponseType(public val name: String) {
    override fun equals(other: Any?): Boolean = other is ResponseType && other.name == name

    override fun hashCode(): Int = name.hashCode()

    override fun toString(): String = name

    /** The kinds that this release knows. */
    public companion object {
        /** To a code exchange. */
        @JvmField
        public val AUTHORIZATION_CODE: ResponseType = ResponseType("authorization_code")

        /** To a refresh. */
        @JvmField
        public val REFRESH_TOKEN: ResponseType = ResponseType("refresh_token")

        /** To a client-credentials request. */
        @JvmField
        public val CLIENT_CREDENTIALS: ResponseType = ResponseType("client_credentials")

        /** To a refresh with a new refresh token (API 5.12 to 5.15). */
        @JvmField
        public val EVERLASTING_REFRESH: ResponseType = ResponseType("everlasting_refresh")

        /** To a refresh by a commerce integration. */
        @JvmField
        public val INTEGRATION_REFRESH: ResponseType = ResponseType("integration_refresh")
    }
}

/**
 * A token answer with every field of every kind (Pinterest API 5.28, schema `OauthAccessToken`).
 *
 * @property accessToken the bearer token, `pina_…`.
 * @property tokenType `bearer`, as received; that when absent.
 * @property expiresIn seconds from now until the access token expires.
 * @property scope every scope that the user has approved, now or earlier; separated by spaces or commas.
 * @property responseType which kind of answer it is.
 * @property refreshToken `pinr.…`. On a refresh it replaces the old one; absent, the old one stays valid: see
 *   [mergedWith].
 * @property refreshTokenExpiresIn seconds from now until the refresh token expires.
 * @property refreshTokenExpiresAt when the refresh token expires, in seconds since 1970.
 * @property additionalProperties fields that this release has no name for, as JSON texts.
 * @property oddFields what the answer held that is not as documented, which has no property here; empty, as a rule.
 * @property expiresAt when the access token expires, in seconds since 1970: by this machine's clock as the answer came, or
 *   what a program kept of that, which [TokenManager.adopt] goes by. Pinterest does not send it, and equal answers at
 *   different times are equal. From Java, [expiringAt].
 */
@Suppress("LongParameterList")
public class OauthAccessTokenResponse
@JvmOverloads
constructor(
    public val accessToken: String,
    public val tokenType: String = "bearer",
    public val expiresIn: Long? = null,
    public val scope: String? = null,
    public val responseType: ResponseType? = null,
    public val refreshToken: String? = null,
    public val refreshTokenExpiresIn: Long? = null,
    public val refreshTokenExpiresAt: Long? = null,
    public val additionalProperties: Map<String, String> = emptyMap(),
    public val oddFields: List<OddField> = emptyList(),
    public val expiresAt: Long? = null,
) {
    /** The same with the end of the access token, as a database has kept it. */
    public fun expiringAt(end: Instant): OauthAccessTokenResponse = OauthAccessTokenResponse(
        accessToken,
        tokenType,
        expiresIn,
        scope,
        responseType,
        refreshToken,
        refreshTokenExpiresIn,
        refreshTokenExpiresAt,
        additionalProperties,
        oddFields,
        end.epochSecond,
    )

    /**
     * The answer to a refresh with what it leaves out as it was before: the scope, and, if no new refresh token
     * came, the old one and when it expires (RFC 6749 section 6). This is what to keep.
     *
     * @param old the token that was refreshed, also as made of what was kept of it.
     */
    public fun mergedWith(old: OauthAccessTokenResponse): OauthAccessTokenResponse {
        val merged = withPinterestExceptions { mergeTokens(toNative(), old.toNative()) }.toToken()
        return OauthAccessTokenResponse(
            accessToken,
            tokenType,
            expiresIn,
            merged.scope,
            responseType,
            merged.refreshToken,
            merged.refreshTokenExpiresIn,
            merged.refreshTokenExpiresAt,
            additionalProperties,
            oddFields,
            expiresAt,
        )
    }

    override fun equals(other: Any?): Boolean = other is OauthAccessTokenResponse && other.values() == values()

    override fun hashCode(): Int = values().hashCode()

    /** Shows everything but tokens; of additional properties the names, for one may be a token. */
    override fun toString(): String = describe(
        "OauthAccessTokenResponse",
        "accessToken" to hidden(accessToken),
        "tokenType" to tokenType,
        "expiresIn" to expiresIn,
        "scope" to scope,
        "responseType" to responseType,
        "refreshToken" to hidden(refreshToken),
        "refreshTokenExpiresIn" to refreshTokenExpiresIn,
        "refreshTokenExpiresAt" to refreshTokenExpiresAt,
        "additionalProperties" to additionalProperties.keys,
        "oddFields" to oddFields.ifEmpty { null },
    )

    /** What Pinterest sent. */
    private fun values() = listOf(
        accessToken,
        tokenType,
        expiresIn,
        scope,
        responseType,
        refreshToken,
        refreshTokenExpiresIn,
        refreshTokenExpiresAt,
        additionalProperties,
        oddFields,
    )
}
