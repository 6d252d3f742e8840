package pinterest.sdk.internal

/** A secret on its way across the border: no `toString()` of what holds it shows it. */
@JvmInline
internal value class HiddenText(val text: String) {
    override fun toString(): String = "[redacted]"
}
