package pinterest.sdk

import java.io.Serializable
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/**
 * An answer with its HTTP part.
 *
 * @property data what the call returns.
 * @property status the HTTP status.
 * @property headers the response's headers: values in order of arrival by name in lower case.
 * @property rateLimit what the answer says of the rate limit.
 */
public class ApiResponse<out T>
@JvmOverloads
constructor(
    public val data: T,
    public val status: Int,
    public val headers: Map<String, List<String>>,
    public val rateLimit: RateLimit = RateLimit(),
) {
    /** Leaves the headers out, for a cookie is a secret; and text, for one that is JSON may hold a token. */
    override fun toString(): String =
        describe("ApiResponse", "data" to if (data is String) hidden(data) else data, "status" to status)
}

/**
 * What Pinterest's `x-ratelimit-…` headers say; each is null where the header is absent.
 *
 * @property limit requests allowed in the window.
 * @property remaining requests left in the window.
 * @property reset how long until the window ends; in Java a `java.time.Duration`.
 */
public class RateLimit(public val limit: Long? = null, public val remaining: Long? = null, reset: Duration? = null) :
    Serializable {
    private val resetNanoseconds = reset?.inWholeNanoseconds

    @get:JvmSynthetic
    public val reset: Duration? get() = resetNanoseconds?.nanoseconds

    /** All of it, for Java. */
    public constructor(limit: Long?, remaining: Long?, reset: java.time.Duration) :
        this(limit, remaining, reset.toKotlinDuration())

    /** [reset], as Java's `getReset()`. */
    @get:JvmName("getReset")
    public val javaReset: java.time.Duration? get() = reset?.toJavaDuration()

    /** [reset] in whole seconds. */
    public val resetSeconds: Long? get() = reset?.inWholeSeconds

    override fun equals(other: Any?): Boolean = other is RateLimit && other.values() == values()

    override fun hashCode(): Int = values().hashCode()

    override fun toString(): String =
        describe("RateLimit", "limit" to limit, "remaining" to remaining, "reset" to reset)

    private fun values() = listOf(limit, remaining, reset)
}

/** What kind of token is being revoked (RFC 7009 section 2.1). */
public enum class TokenTypeHint {
    /** An access token. */
    ACCESS_TOKEN,

    /** A refresh token. */
    REFRESH_TOKEN,
}
