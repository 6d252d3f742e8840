package pinterest.sdk

/**
 * A part of a token answer that is not as documented. The token beside it is good.
 *
 * @property name the field's name; empty for what stands outside of every field.
 * @property reason what is odd about it: `not a string`.
 * @property received the value as received, as JSON text; what is no JSON is a string of it.
 */
public class OddField(public val name: String, public val reason: String, public val received: String) {
    override fun equals(other: Any?): Boolean = other is OddField && other.values() == values()

    override fun hashCode(): Int = values().hashCode()

    /** Leaves the value out, for it may be a token. */
    override fun toString(): String = describe("OddField", "name" to name, "reason" to reason)

    private fun values() = listOf(name, reason, received)
}
