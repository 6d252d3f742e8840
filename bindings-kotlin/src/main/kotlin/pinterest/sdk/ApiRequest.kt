package pinterest.sdk

/** Which credential a request carries. */
public enum class Auth {
    /** None. */
    NONE,

    /** App id and secret: [Configuration.username] and [Configuration.password]. */
    BASIC,

    /** [Configuration.accessToken]. */
    BEARER,
}

/**
 * A request to any endpoint, for [ApiClient.request].
 *
 * ```
 * ApiRequest.get("/boards", listOf("page_size" to "25", "bookmark" to bookmark))
 * ApiRequest("PATCH", "/boards/$id", body = ApiRequest.Json("""{"name": "Summer"}"""))
 * ```
 *
 * @property method `GET`, `POST`, `PATCH`, `PUT` or `DELETE`.
 * @property path starts with a slash and is added to the configured base URL: `/user_account`. What is
 *   not fixed in it needs to be percent-encoded.
 * @property query parameters in order; a name may come twice, a null leaves it out. The SDK
 *   percent-encodes them.
 * @property body what is sent; nothing unless given.
 * @property auth the credential.
 */
public class ApiRequest
@JvmOverloads
constructor(
    public val method: String,
    public val path: String,
    public val query: List<Pair<String, String?>> = emptyList(),
    public val body: Body? = null,
    public val auth: Auth = Auth.BEARER,
) {
    /**
     * One with parameters of which each comes once, in the map's order.
     *
     * @param query as [ApiRequest.query].
     */
    @JvmOverloads
    public constructor(
        method: String,
        path: String,
        query: Map<String, String?>,
        body: Body? = null,
        auth: Auth = Auth.BEARER,
    ) : this(method, path, query.toList(), body, auth)

    /** What this call does differently from its client. */
    public var options: CallOptions? = null
        private set

    /** The same request with these options, in place of any before. */
    public fun withOptions(options: CallOptions): ApiRequest =
        ApiRequest(method, path, query, body, auth).also { it.options = options }

    /** Shows no values: one may be a token. */
    override fun toString(): String = describe(
        "ApiRequest",
        "method" to method,
        "path" to path.substringBefore('?'),
        "query" to query.map { (name, _) -> name },
        "body" to body,
        "auth" to auth,
        "options" to options,
    )

    /** What a request carries. */
    public sealed interface Body

    /**
     * Sent as it is, as `application/json`.
     *
     * @property text JSON, made by a library of your choice.
     */
    public class Json(public val text: String) : Body {
        override fun toString(): String = describe("Json", "text" to hidden(text))
    }

    /**
     * Sent as `application/x-www-form-urlencoded`.
     *
     * @property fields in order; a name may come twice, a null leaves it out.
     */
    public class Form(public val fields: List<Pair<String, String?>>) : Body {
        /** Fields of which each comes once, in the map's order. */
        public constructor(fields: Map<String, String?>) : this(fields.toList())

        override fun toString(): String = describe("Form", "fields" to fields.map { (name, _) -> name })
    }

    /**
     * Bytes, sent as they are.
     *
     * @property contentType their type, such as `text/csv`.
     */
    public class Content(public val contentType: String, public val bytes: ByteArray) : Body {
        override fun toString(): String = describe("Content", "contentType" to contentType, "length" to bytes.size)
    }

    /**
     * A form with files, sent as `multipart/form-data`.
     *
     * @property parts in order.
     */
    public class Multipart(public val parts: List<Part>) : Body {
        override fun toString(): String = describe("Multipart", "parts" to parts)
    }

    /**
     * A field of a form with files, or a file.
     *
     * @property name of the field.
     * @property fileName of a file; servers take only what has one for a file.
     * @property contentType its type, such as `image/png`; not sent unless given.
     */
    public class Part
    @JvmOverloads
    constructor(
        public val name: String,
        public val bytes: ByteArray,
        public val fileName: String? = null,
        public val contentType: String? = null,
    ) {
        /** A field that holds text. */
        public constructor(name: String, text: String) : this(name, text.toByteArray())

        override fun toString(): String =
            describe("Part", "name" to name, "fileName" to fileName, "length" to bytes.size)
    }

    /** Sets one thing after another. */
    public class Builder internal constructor(private val method: String, private val path: String) {
        private val query = mutableListOf<Pair<String, String?>>()
        private var body: Body? = null
        private var auth = Auth.BEARER
        private var options: CallOptions? = null

        /** Adds to [ApiRequest.query]. */
        public fun query(name: String, value: String?): Builder = apply { query += name to value }

        /** Sets [ApiRequest.body]. */
        public fun body(value: Body?): Builder = apply { body = value }

        /** Sets [ApiRequest.auth]. */
        public fun auth(value: Auth): Builder = apply { auth = value }

        /** Sets [ApiRequest.options]. */
        public fun options(value: CallOptions?): Builder = apply { options = value }

        /** The request. */
        public fun build(): ApiRequest = ApiRequest(method, path, query.toList(), body, auth).let { request ->
            options?.let(request::withOptions) ?: request
        }
    }

    /** The common ones in short. */
    public companion object {
        /** `GET`s a path. */
        @JvmStatic
        @JvmOverloads
        public fun get(path: String, query: List<Pair<String, String?>> = emptyList()): ApiRequest =
            ApiRequest("GET", path, query)

        /** `GET`s a path with parameters of which each comes once. */
        @JvmStatic
        public fun get(path: String, query: Map<String, String?>): ApiRequest = ApiRequest("GET", path, query)

        /** `POST`s JSON text. */
        @JvmStatic
        public fun postJson(path: String, text: String): ApiRequest = ApiRequest("POST", path, body = Json(text))

        /** `POST`s a form. */
        @JvmStatic
        public fun postForm(path: String, fields: List<Pair<String, String?>>): ApiRequest =
            ApiRequest("POST", path, body = Form(fields))

        /** `POST`s a form of which each field comes once. */
        @JvmStatic
        public fun postForm(path: String, fields: Map<String, String?>): ApiRequest =
            ApiRequest("POST", path, body = Form(fields))

        /** Starts one with a parameter after the other, where a name comes twice; for Java. */
        @JvmStatic
        public fun builder(method: String, path: String): Builder = Builder(method, path)
    }
}
