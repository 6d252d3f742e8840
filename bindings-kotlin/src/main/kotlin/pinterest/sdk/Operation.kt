package pinterest.sdk

import pinterest.sdk.internal.describedOperations
import pinterest.sdk.internal.foundOperation
import pinterest.sdk.internal.operationsRelease

/**
 * What is known of one of Pinterest's operations: `Operation.find("pins/create")`. It needs no network.
 *
 * @property name Pinterest's name: `boards/list`.
 * @property method the HTTP method, in capitals.
 * @property path the path below the host, with parameters in braces: `/boards/{board_id}`.
 * @property tag the group on Pinterest's pages: `boards`.
 * @property rateCategory the category that its calls are counted in: `org_read`.
 * @property isInSandbox whether Pinterest's own sandbox has it.
 * @property isDeprecated whether Pinterest advises against it.
 * @property hasPages whether it answers in pages: see [ApiClient.pages].
 * @property credentials those of which it takes one.
 * @property parameters what goes into path and query, in Pinterest's order.
 * @property body what the body is; null where there is none.
 * @property answer the type of the answer, as the table of operations writes types; null where nothing is answered.
 */
public class Operation internal constructor(
    public val name: String,
    public val method: String,
    public val path: String,
    public val tag: String,
    public val rateCategory: String,
    public val isInSandbox: Boolean,
    public val isDeprecated: Boolean,
    public val hasPages: Boolean,
    public val credentials: List<Credential>,
    public val parameters: List<Parameter>,
    public val body: Body?,
    public val answer: String?,
) {
    override fun toString(): String = "$name: $method $path"

    /** A kind of credential. */
    public enum class CredentialKind {
        /** A person's access token. */
        USER,

        /** An app's access token (`client_credentials`). */
        APP,

        /** A conversion token. */
        CONVERSION,

        /** App id and secret. */
        BASIC,

        /** One that this release has no name for. */
        OTHER,
    }

    /**
     * A credential that an operation takes.
     *
     * @property scopes those that a token needs.
     */
    public class Credential internal constructor(public val kind: CredentialKind, public val scopes: List<String>) {
        override fun toString(): String = describe("Credential", "kind" to kind, "scopes" to scopes)
    }

    /**
     * A parameter of path or query.
     *
     * @property isInPath whether it is a part of the path.
     * @property isRequired whether the call cannot be made without it.
     * @property type as the table of operations writes types: `integer(1..250)`.
     * @property default what Pinterest takes for it if it is not given, in JSON.
     */
    public class Parameter internal constructor(
        public val name: String,
        public val isInPath: Boolean,
        public val isRequired: Boolean,
        public val type: String,
        public val default: String?,
    ) {
        override fun toString(): String =
            describe("Parameter", "name" to name, "type" to type, "isRequired" to isRequired)
    }

    /**
     * The body of an operation.
     *
     * @property isForm whether it is a form; otherwise it is JSON.
     * @property isRequired whether the call cannot be made without it.
     * @property type as the table of operations writes types.
     */
    public class Body internal constructor(
        public val isForm: Boolean,
        public val isRequired: Boolean,
        public val type: String,
    ) {
        override fun toString(): String = describe("Body", "type" to type, "isRequired" to isRequired)
    }

    /** Where they are found. */
    public companion object {
        /**
         * The operation of a name: Pinterest's (`boards/list_pins`), or that of the published clients
         * (`boards_list_pins`).
         *
         * @throws InvalidInputException if there is none.
         */
        @JvmStatic
        public fun find(name: String): Operation = foundOperation(name)

        /** Every operation, by name. */
        @JvmStatic
        public fun all(): List<Operation> = describedOperations()

        /** The release of Pinterest's description that these are from: `5.23.0`. */
        @JvmStatic
        public val version: String get() = operationsRelease()
    }
}
