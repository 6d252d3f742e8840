package pinterest.sdk

import pinterest.sdk.internal.toNative
import pinterest.sdk.internal.withPinterestExceptions
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/**
 * What to ask a person for.
 *
 * ```
 * AuthorizationRequest("http://localhost:8085/", listOf(Scopes.USER_ACCOUNTS_READ, Scopes.PINS_READ))
 * ```
 *
 * @property redirectUri where the answer goes: registered for the app, byte for byte.
 * @property scopes what the token may do, by the names in [Scopes] or any other.
 * @property pkce adds a PKCE challenge (RFC 7636, S256). Pinterest does not document it.
 * @property continuousRefresh asks for a refresh token that is renewed with each refresh; apps made before
 *   25 September 2025 must ask.
 * @property lifetime how long the person may take, from the URL to the callback; whole seconds count.
 */
public class AuthorizationRequest
@JvmOverloads
constructor(
    public val redirectUri: String,
    public val scopes: List<String>,
    public val pkce: Boolean = false,
    public val continuousRefresh: Boolean = false,
    @get:JvmSynthetic
    public val lifetime: Duration = 10.minutes,
) {
    /** All of it, for Java. */
    public constructor(
        redirectUri: String,
        scopes: List<String>,
        pkce: Boolean,
        continuousRefresh: Boolean,
        lifetime: java.time.Duration,
    ) : this(redirectUri, scopes, pkce, continuousRefresh, lifetime.toKotlinDuration())

    /** [lifetime], as Java's `getLifetime()`. */
    @get:JvmName("getLifetime")
    public val javaLifetime: java.time.Duration get() = lifetime.toJavaDuration()

    /** Whether the scopes are written with commas between them. */
    public var commaSeparatedScopes: Boolean = false
        private set

    /**
     * The same, with the scopes as Pinterest's own examples write them. Pinterest takes spaces as well, which
     * other servers want.
     */
    public fun withCommaSeparatedScopes(): AuthorizationRequest =
        AuthorizationRequest(redirectUri, scopes, pkce, continuousRefresh, lifetime)
            .also { it.commaSeparatedScopes = true }

    /**
     * Makes the URL to send the person to, and what is needed when they come back. Sends nothing.
     *
     * @throws InvalidInputException without an app id, without scopes, with a redirect URI that is none, or
     *   with [pkce] and no app secret.
     */
    public fun start(client: ApiClient): PendingAuthorization =
        PendingAuthorization(withPinterestExceptions { client.open().native.startAuthorization(toNative()) })

    override fun toString(): String = describe(
        "AuthorizationRequest",
        "redirectUri" to withoutSecrets(redirectUri),
        "scopes" to scopes,
        "pkce" to pkce,
        "continuousRefresh" to continuousRefresh,
        "commaSeparatedScopes" to commaSeparatedScopes,
        "lifetime" to lifetime,
    )
}
