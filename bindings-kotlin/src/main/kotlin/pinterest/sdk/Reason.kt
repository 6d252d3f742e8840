package pinterest.sdk

/**
 * Why an authorization gave no token: an open set, to which releases may add.
 *
 * @property name the reason's name, the same in every language.
 */
public class Reason internal constructor(public val name: String) {
    override fun equals(other: Any?): Boolean = other is Reason && other.name == name

    override fun hashCode(): Int = name.hashCode()

    override fun toString(): String = name

    /** The reasons that this release knows. */
    public companion object {
        /** The person did not allow it: ask again when they want to connect. */
        @JvmField
        public val DENIED: Reason = Reason("Denied")

        /** Pinterest gave another `error`. */
        @JvmField
        public val DECLINED: Reason = Reason("Declined")

        /** The callback is forged, or of another login. */
        @JvmField
        public val FOREIGN: Reason = Reason("Foreign")

        /** The callback was used already. */
        @JvmField
        public val REPLAYED: Reason = Reason("Replayed")

        /** The person took too long. */
        @JvmField
        public val LATE: Reason = Reason("Late")

        /** The callback is cut, doubled, or lacks its state or code. */
        @JvmField
        public val DAMAGED: Reason = Reason("Damaged")

        /** The authorization was started for another app or environment than the client's. */
        @JvmField
        public val OTHER_CLIENT: Reason = Reason("OtherClient")

        /** There is no pending authorization: the session has none, as for a page that is opened once more. */
        @JvmField
        public val NOT_PENDING: Reason = Reason("NotPending")

        /** No browser can be opened here. */
        @JvmField
        public val NO_BROWSER: Reason = Reason("NoBrowser")
    }
}
