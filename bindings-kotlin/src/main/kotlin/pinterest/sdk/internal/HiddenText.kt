package pinterest.sdk.internal

/** A secret on its way across the border: no `toString()` of what holds it shows it. */
@JvmInline
public value class HiddenText(public val text: String) {
    override fun toString(): String = "[redacted]"
}
