package pinterest.sdk

/**
 * A long-lived token for sending conversions (Pinterest API 5.22, operation `oauth/conversion_token`).
 *
 * @property accessToken the bearer token for `POST /ad_accounts/{id}/events`.
 * @property tokenType `conversion`, as received; that when absent.
 * @property additionalProperties fields that this release has no name for, as JSON texts.
 * @property oddFields what the answer held that is not as documented, which has no property here; empty, as a rule.
 */
public class ConversionToken
@JvmOverloads
constructor(
    public val accessToken: String,
    public val tokenType: String = "conversion",
    public val additionalProperties: Map<String, String> = emptyMap(),
    public val oddFields: List<OddField> = emptyList(),
) {
    override fun equals(other: Any?): Boolean = other is ConversionToken && other.values() == values()

    override fun hashCode(): Int = values().hashCode()

    /** Shows everything but the token; of additional properties the names, for one may be a token. */
    override fun toString(): String = describe(
        "ConversionToken",
        "accessToken" to hidden(accessToken),
        "tokenType" to tokenType,
        "additionalProperties" to additionalProperties.keys,
        "oddFields" to oddFields.ifEmpty { null },
    )

    private fun values() = listOf(accessToken, tokenType, additionalProperties, oddFields)
}
