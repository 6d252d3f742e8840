package pinterest.sdk

/**
 * Why an authorization gave no token: an open set, to which releases may add.
 *
 * @property name the reason's name, the same in every language.
 */
public class AuthorizationReason internal constructor(public val name: String) {
    override fun equals(other: Any?): Boolean = other is AuthorizationReason && other.name == name

    override fun hashCode(): Int = name.hashCode()

    override fun toString(): String = name

    /** The reasons that this release knows. */
    public companion object {
        /** The person did not allow it: ask again when they want to connect. */
        @JvmField
        public val DENIED: AuthorizationReason = AuthorizationReason("Denied")

        /** Pinterest gave another `error`. */
        @JvmField
        public val DECLINED: AuthorizationReason = AuthorizationReason("Declined")

        /** The callback is forged, or of another login. */
        @JvmField
        public val FOREIGN: AuthorizationReason = AuthorizationReason("Foreign")

        /** The callback was used already. */
        @JvmField
        public val REPLAYED: AuthorizationReason = AuthorizationReason("Replayed")

        /** The person took too long. */
        @JvmField
        public val LATE: AuthorizationReason = AuthorizationReason("Late")

        /** The callback is cut, doubled, or lacks its state or code. */
        @JvmField
        public val DAMAGED: AuthorizationReason = AuthorizationReason("Damaged")

        /** The authorization was started for another app or environment than the client's. */
        @JvmField
        public val OTHER_CLIENT: AuthorizationReason = AuthorizationReason("OtherClient")

        /** There is no pending authorization: the session has none, as for a page that is opened once more. */
        @JvmField
        public val NOT_PENDING: AuthorizationReason = AuthorizationReason("NotPending")

        /** No browser can be opened here. */
        @JvmField
        public val NO_BROWSER: AuthorizationReason = AuthorizationReason("NoBrowser")
    }
}
