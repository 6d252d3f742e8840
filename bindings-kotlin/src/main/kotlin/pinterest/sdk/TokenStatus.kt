package pinterest.sdk

/**
 * What can be done with an account's tokens: an open set, to which releases may add.
 *
 * @property name the state's name, the same in every language.
 */
public class TokenState internal constructor(public val name: String) {
    override fun equals(other: Any?): Boolean = other is TokenState && other.name == name

    override fun hashCode(): Int = name.hashCode()

    override fun toString(): String = name

    /** The states that this release knows. */
    public companion object {
        /** Valid. */
        @JvmField
        public val FRESH: TokenState = TokenState("Fresh")

        /** Valid, and to be renewed. */
        @JvmField
        public val STALE: TokenState = TokenState("Stale")

        /** Not valid, and renewed when it is asked for. */
        @JvmField
        public val EXPIRED: TokenState = TokenState("Expired")

        /** Not valid, and nothing renews it: a person has to authorize again. */
        @JvmField
        public val REAUTHORIZATION_REQUIRED: TokenState = TokenState("ReauthorizationRequired")
    }
}

/**
 * How an account's tokens stand. It holds no secret.
 *
 * @property state what can be done with them.
 * @property scope the scopes, separated by spaces or commas, if known.
 * @property accessLife when the access token was issued and expires; null without one.
 * @property refreshLife the same of the refresh token.
 * @property failure the last renewal that failed, if none has worked since.
 * @property isAsked whether new tokens were asked for, and whoever asked has not said yet what came of it.
 * @property isUnsaved whether newer tokens than the store's are in this process alone.
 * @property store what the store is, and where.
 */
@Suppress("LongParameterList")
public class TokenStatus internal constructor(
    public val state: TokenState,
    public val scope: String?,
    public val accessLife: TokenLife?,
    public val refreshLife: TokenLife?,
    public val failure: TokenFailure?,
    public val isAsked: Boolean,
    public val isUnsaved: Boolean,
    public val store: String,
) {
    override fun equals(other: Any?): Boolean = other is TokenStatus && other.values() == values()

    override fun hashCode(): Int = values().hashCode()

    override fun toString(): String = describe(
        "TokenStatus",
        "state" to state,
        "scope" to scope,
        "accessLife" to accessLife,
        "refreshLife" to refreshLife,
        "failure" to failure,
        "isAsked" to isAsked,
        "isUnsaved" to isUnsaved,
        "store" to store,
    )

    private fun values() = listOf(state, scope, accessLife, refreshLife, failure, isAsked, isUnsaved, store)
}

/**
 * From when to when a token is valid, in seconds since 1970.
 *
 * @property issuedAt when it was issued.
 * @property expiresAt when it expires; null if Pinterest did not say.
 */
public class TokenLife internal constructor(public val issuedAt: Long, public val expiresAt: Long?) {
    override fun equals(other: Any?): Boolean =
        other is TokenLife && other.issuedAt == issuedAt && other.expiresAt == expiresAt

    override fun hashCode(): Int = issuedAt.hashCode() * 31 + expiresAt.hashCode()

    override fun toString(): String = describe("TokenLife", "issuedAt" to issuedAt, "expiresAt" to expiresAt)
}

/**
 * The last renewal that failed. Times are in seconds since 1970.
 *
 * @property failures how many failed one after another, within a day.
 * @property failedAt when.
 * @property until when an early renewal may be tried again.
 * @property kind the error's kind, the same in every language; empty if a release before wrote it.
 * @property message the error's message; empty if a release before wrote it.
 */
public class TokenFailure internal constructor(
    public val failures: Int,
    public val failedAt: Long,
    public val until: Long,
    public val kind: String,
    public val message: String,
) {
    override fun equals(other: Any?): Boolean = other is TokenFailure && other.values() == values()

    override fun hashCode(): Int = values().hashCode()

    override fun toString(): String = describe(
        "TokenFailure",
        "failures" to failures,
        "failedAt" to failedAt,
        "until" to until,
        "kind" to kind,
        "message" to message,
    )

    private fun values() = listOf(failures, failedAt, until, kind, message)
}
