package pinterest.sdk

/** Shows that there is a secret, and not which. */
internal fun hidden(secret: Any?): String? = secret?.let { "[redacted]" }

/** `Name(field=value, …)`, without the fields that are not set. */
internal fun describe(name: String, vararg fields: Pair<String, Any?>): String = fields
    .filter { (_, value) -> value != null }
    .joinToString(", ", "$name(", ")") { (field, value) -> "$field=$value" }
