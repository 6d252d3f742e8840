package pinterest.sdk

/**
 * An answer with its HTTP part.
 *
 * @property data what the call returns.
 * @property status the HTTP status.
 * @property headers the response's headers: values in order of arrival by name in lower case.
 */
public class ApiResponse<out T>(
    public val data: T,
    public val status: Int,
    public val headers: Map<String, List<String>>,
) {
    /** Leaves the headers out: a cookie is a secret. */
    override fun toString(): String = describe("ApiResponse", "data" to data, "status" to status)
}

/** What kind of token is being revoked (RFC 7009 section 2.1). */
public enum class TokenTypeHint {
    /** An access token. */
    ACCESS_TOKEN,

    /** A refresh token. */
    REFRESH_TOKEN,
}
