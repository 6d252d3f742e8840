package pinterest.sdk

/** Shows that there is a secret, and not which. */
internal fun hidden(secret: Any?): String? = secret?.let { "[redacted]" }

/** A URL without what stands before an `@` or in its query: people put passwords there, allowed or not. */
internal fun withoutSecrets(url: String?): String? {
    if (url == null) return null
    val scheme = url.substringBefore("://", "").let { if (it.isEmpty() || it.any("@/?#"::contains)) "" else "$it://" }
    val rest = url.removePrefix(scheme)
    val shown = if ('@' in rest) "$scheme${hidden(rest)}@${rest.substringAfterLast('@')}" else url
    val end = shown.indexOfAny(charArrayOf('?', '#'))
    return if (end < 0) shown else shown.take(end + 1) + hidden(shown)
}

/** `Name(field=value, …)`, without the fields that are not set. */
internal fun describe(name: String, vararg fields: Pair<String, Any?>): String = fields
    .filter { (_, value) -> value != null }
    .joinToString(", ", "$name(", ")") { (field, value) -> "$field=$value" }
