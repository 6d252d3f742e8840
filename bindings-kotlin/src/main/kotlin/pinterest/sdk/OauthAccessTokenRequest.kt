package pinterest.sdk

/**
 * The form of a token request: one class a grant, so that a missing field cannot be written.
 * Source: Pinterest API 5.28, operation `oauth/token`. No `toString()` shows a code or token.
 */
public sealed interface OauthAccessTokenRequest {
    /** The grant's name on the wire. */
    public val grantType: String
}

/**
 * Exchanges the one-time code of a callback (RFC 6749 section 4.1.3).
 *
 * @property code the code.
 * @property redirectUri the one that the authorization URL named, byte for byte.
 * @property continuousRefresh asks for a refresh token that is renewed with each refresh (60 days each)
 *   in place of the legacy one (365 days, once). Apps made before 25 September 2025 must ask.
 */
public class AuthorizationCode
@JvmOverloads
constructor(
    public val code: String,
    public val redirectUri: String,
    public val continuousRefresh: Boolean = false,
) : OauthAccessTokenRequest {
    override val grantType: String get() = "authorization_code"

    override fun toString(): String = describe(
        "AuthorizationCode",
        "code" to hidden(code),
        "redirectUri" to withoutSecrets(redirectUri),
        "continuousRefresh" to continuousRefresh,
    )
}

/**
 * Exchanges a refresh token for a new access token (RFC 6749 section 6).
 *
 * @property refreshToken the refresh token.
 * @property scope narrows what was granted.
 * @property continuousRefresh asks for a refresh token that is renewed with each refresh.
 * @property refreshOn asks for a new refresh token along with the access token (API 5.12 to 5.14).
 */
public class RefreshToken
@JvmOverloads
constructor(
    public val refreshToken: String,
    public val scope: String? = null,
    public val continuousRefresh: Boolean = false,
    public val refreshOn: Boolean = false,
) : OauthAccessTokenRequest {
    override val grantType: String get() = "refresh_token"

    override fun toString(): String = describe(
        "RefreshToken",
        "refreshToken" to hidden(refreshToken),
        "scope" to scope,
        "continuousRefresh" to continuousRefresh,
        "refreshOn" to refreshOn,
    )
}

/**
 * Asks for a token for the app owner's own account (RFC 6749 section 4.4).
 *
 * @property scope scopes, separated by commas or spaces.
 */
public class ClientCredentials(public val scope: String) : OauthAccessTokenRequest {
    override val grantType: String get() = "client_credentials"

    override fun toString(): String = describe("ClientCredentials", "scope" to scope)
}

/**
 * Any grant with any fields: what the reference pages show. Only what is set is sent.
 *
 * @property grantType the grant's name.
 * @property code see [AuthorizationCode.code].
 * @property redirectUri see [AuthorizationCode.redirectUri].
 * @property refreshToken see [RefreshToken.refreshToken].
 * @property scope scopes, separated by commas or spaces.
 * @property continuousRefresh see [AuthorizationCode.continuousRefresh].
 * @property refreshOn see [RefreshToken.refreshOn].
 */
public class Raw
@JvmOverloads
constructor(
    override val grantType: String,
    public val code: String? = null,
    public val redirectUri: String? = null,
    public val refreshToken: String? = null,
    public val scope: String? = null,
    public val continuousRefresh: Boolean = false,
    public val refreshOn: Boolean = false,
) : OauthAccessTokenRequest {
    override fun toString(): String = describe(
        "Raw",
        "grantType" to grantType,
        "code" to hidden(code),
        "redirectUri" to withoutSecrets(redirectUri),
        "refreshToken" to hidden(refreshToken),
        "scope" to scope,
        "continuousRefresh" to continuousRefresh,
        "refreshOn" to refreshOn,
    )
}
