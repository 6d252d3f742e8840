package pinterest.sdk

/** What is checked of a call's arguments and body before it is sent. */
public enum class Checks {
    /** Nothing but what the request could not be made without. */
    OFF,

    /** Types, limits and what has to be there. */
    USUAL,

    /** Also whether values are among those that are known. */
    STRICT,
}

/**
 * A call of one of Pinterest's operations by its name, for [ApiClient.call].
 *
 * ```
 * OperationCall("boards/list", mapOf("page_size" to 25))
 * OperationCall("boards/create", body = mapOf("name" to "Summer"))
 * OperationCall("boards/create", body = """{"name": "Summer"}""").withTokens(tokens)
 * ```
 *
 * @property operation Pinterest's name (`boards/list`), or that of the published clients (`boards_list`).
 * @property arguments what goes into path and query, by name: texts, numbers, booleans, and lists and maps of these; a
 *   null is as if it were not given.
 * @property body a map or a list, or JSON text that a library of your choice made; nothing unless given.
 */
public class OperationCall
@JvmOverloads
constructor(
    public val operation: String,
    public val arguments: Map<String, Any?> = emptyMap(),
    public val body: Any? = null,
) {
    /** What is checked; [Checks.USUAL] unless set. */
    public var checks: Checks = Checks.USUAL
        private set

    /** Whose token the call has, in place of [Configuration.accessToken]. */
    public var tokens: TokenManager? = null
        private set

    /** What this call does differently from its client. */
    public var options: CallOptions? = null
        private set

    /** The same call with other checks. */
    public fun withChecks(checks: Checks): OperationCall = copy().also { it.checks = checks }

    /**
     * The same call with a valid token of an account. One that is refused is renewed, once, and the call made again.
     * The manager's client and the call's have the same host.
     */
    public fun withTokens(tokens: TokenManager): OperationCall = copy().also { it.tokens = tokens }

    /** The same call with these options, in place of any before. */
    public fun withOptions(options: CallOptions): OperationCall = copy().also { it.options = options }

    /** Shows no values: one may be a token. */
    override fun toString(): String = describe(
        "OperationCall",
        "operation" to operation,
        "arguments" to arguments.keys,
        "body" to hidden(body),
        "checks" to checks,
        "tokens" to tokens,
        "options" to options,
    )

    private fun copy() = OperationCall(operation, arguments, body).also {
        it.checks = checks
        it.tokens = tokens
        it.options = options
    }
}

/**
 * What an operation answered, as it came: values and fields that are newer than this release are as good as any.
 *
 * @property data the answer's JSON text; null when it is empty.
 * @property status the HTTP status.
 * @property headers the response's headers: values in order of arrival by name in lower case.
 * @property rateLimit what the answer says of the rate limit.
 * @property failures what failed of an answer of success to many items; empty if all went well.
 */
public class OperationAnswer
@JvmOverloads
constructor(
    public val data: String?,
    public val status: Int,
    public val headers: Map<String, List<String>>,
    public val rateLimit: RateLimit = RateLimit(),
    public val failures: List<ItemFailure> = emptyList(),
) {
    /** Leaves text and headers out: one may hold a token. */
    override fun toString(): String =
        describe("OperationAnswer", "data" to hidden(data), "status" to status, "failures" to failures.size)
}

/**
 * One item of an answer that failed although the call succeeded.
 *
 * @property place where the answer says so: `items[2].exceptions[0]`.
 * @property item the item's number in its list, from 0.
 * @property code Pinterest's code for it.
 * @property message what Pinterest says of it.
 * @property json all that Pinterest says of it, as JSON text.
 */
public class ItemFailure(
    public val place: String,
    public val item: Int?,
    public val code: Long?,
    public val message: String?,
    public val json: String,
) {
    override fun toString(): String = describe("ItemFailure", "place" to place, "code" to code, "message" to message)
}
