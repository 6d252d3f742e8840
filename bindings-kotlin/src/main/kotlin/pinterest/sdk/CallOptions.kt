package pinterest.sdk

import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/**
 * What calls do differently from their client: `CallOptions { timeout(5.seconds) }`. From Java, [builder].
 *
 * @property timeout replaces [Configuration.timeout]; zero is no limit.
 * @property connectTimeout replaces [Configuration.connectTimeout]; zero is no limit.
 * @property headers more headers; of a call's own they replace `Accept` alone.
 */
public class CallOptions private constructor(from: Builder) {
    @get:JvmSynthetic
    public val timeout: Duration? = from.timeout

    @get:JvmSynthetic
    public val connectTimeout: Duration? = from.connectTimeout
    public val headers: List<Pair<String, String>> = from.headers.toList()

    /** [timeout], as Java's `getTimeout()`. */
    @get:JvmName("getTimeout")
    public val javaTimeout: java.time.Duration? get() = timeout?.toJavaDuration()

    /** [connectTimeout], as Java's `getConnectTimeout()`. */
    @get:JvmName("getConnectTimeout")
    public val javaConnectTimeout: java.time.Duration? get() = connectTimeout?.toJavaDuration()

    /** Shows no header's value: one may be a token. */
    override fun toString(): String = describe(
        "CallOptions",
        "timeout" to timeout,
        "connectTimeout" to connectTimeout,
        "headers" to headers.map { (name, _) -> name },
    )

    /** Sets one thing after another; each method is named after its property. */
    public class Builder internal constructor() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var timeout: Duration? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var connectTimeout: Duration? = null

        @get:JvmSynthetic
        internal val headers = mutableListOf<Pair<String, String>>()

        /** Sets [CallOptions.timeout]. */
        public fun timeout(value: java.time.Duration?): Builder = apply { timeout = value?.toKotlinDuration() }

        /** Sets [CallOptions.connectTimeout]. */
        public fun connectTimeout(value: java.time.Duration?): Builder =
            apply { connectTimeout = value?.toKotlinDuration() }

        /** Sets [CallOptions.timeout]. */
        @JvmSynthetic
        public fun timeout(value: Duration): Builder = apply { timeout = value }

        /** Sets [CallOptions.connectTimeout]. */
        @JvmSynthetic
        public fun connectTimeout(value: Duration): Builder = apply { connectTimeout = value }

        /** Adds to [CallOptions.headers]. */
        public fun header(name: String, value: String): Builder = apply { headers += name to value }

        /** The options. */
        public fun build(): CallOptions = CallOptions(this)
    }

    /** Where options start. */
    public companion object {
        /** A builder with nothing set. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Options with what [set] sets. */
        @JvmSynthetic
        public operator fun invoke(set: Builder.() -> Unit): CallOptions = Builder().apply(set).build()
    }
}
