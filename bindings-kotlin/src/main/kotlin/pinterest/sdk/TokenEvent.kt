package pinterest.sdk

/**
 * What happened to tokens: an open set, to which releases may add.
 *
 * @property name the kind's name, the same in every language.
 */
public class TokenEventKind internal constructor(public val name: String) {
    override fun equals(other: Any?): Boolean = other is TokenEventKind && other.name == name

    override fun hashCode(): Int = name.hashCode()

    override fun toString(): String = name

    /** The kinds that this release knows. */
    public companion object {
        /** There is a new token, of this program or another. */
        @JvmField
        public val REFRESHED: TokenEventKind = TokenEventKind("Refreshed")

        /** A renewal failed; [TokenEvent.error] says why. A token that is valid is given out as before. */
        @JvmField
        public val REFRESH_FAILED: TokenEventKind = TokenEventKind("RefreshFailed")

        /** There is a new token, and the store does not take it; it is tried again. */
        @JvmField
        public val NOT_KEPT: TokenEventKind = TokenEventKind("NotKept")

        /** What stood beside the tokens and could not be read or ranked was kept; [TokenEvent.error] says where. */
        @JvmField
        public val SET_ASIDE: TokenEventKind = TokenEventKind("SetAside")

        /** A person has to authorize again before [TokenEvent.at], unless the token is renewed by then. */
        @JvmField
        public val REAUTHORIZATION_SOON: TokenEventKind = TokenEventKind("ReauthorizationSoon")

        /** A person has to authorize again: nothing can be renewed any more. */
        @JvmField
        public val REAUTHORIZATION_NEEDED: TokenEventKind = TokenEventKind("ReauthorizationNeeded")
    }
}

/**
 * What happened to an account's tokens. It holds no secret.
 *
 * @property kind what happened.
 * @property account whose tokens.
 * @property error why, of the kinds that are about an error.
 * @property at when, in seconds since 1970, of what is to come.
 */
public class TokenEvent internal constructor(
    public val kind: TokenEventKind,
    public val account: String,
    public val error: PinterestException?,
    public val at: Long?,
) {
    override fun toString(): String =
        describe("TokenEvent", "kind" to kind, "account" to account, "error" to error, "at" to at)
}

/** Hears of what happens to tokens. */
public fun interface TokenListener {
    /**
     * Called on a thread of the SDK's, one event after another; it may take its time and ask the manager anything. What
     * it throws harms nobody, and is printed on standard error.
     */
    public fun onEvent(event: TokenEvent)
}
