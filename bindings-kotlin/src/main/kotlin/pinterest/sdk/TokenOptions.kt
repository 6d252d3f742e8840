package pinterest.sdk

import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/**
 * How a [TokenManager] behaves: `TokenOptions { wait(10.seconds) }`. From Java, [builder].
 *
 * @property wait how long a call waits for a token that has to be renewed first; a minute unless set, and zero is no limit.
 *   The renewal itself goes on after that.
 * @property clientCredentials the scopes to ask for with the app's own credentials where the store has no tokens,
 *   or the app's own that were asked for without one of these, separated by commas; without them a person has to authorize.
 * @property listener who hears of events.
 */
public class TokenOptions private constructor(from: Builder) {
    @get:JvmSynthetic
    public val wait: Duration? = from.wait
    public val clientCredentials: String? = from.clientCredentials
    public val listener: TokenListener? = from.listener

    /** [wait], as Java's `getWait()`. */
    @get:JvmName("getWait")
    public val javaWait: java.time.Duration? get() = wait?.toJavaDuration()

    override fun toString(): String = describe(
        "TokenOptions",
        "wait" to wait,
        "clientCredentials" to clientCredentials,
        "listener" to listener,
    )

    /** Sets one thing after another; each method is named after its property. */
    public class Builder internal constructor() {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var wait: Duration? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var clientCredentials: String? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var listener: TokenListener? = null

        /** Sets [TokenOptions.wait]. */
        public fun wait(value: java.time.Duration?): Builder = apply { wait = value?.toKotlinDuration() }

        /** Sets [TokenOptions.wait]. */
        @JvmSynthetic
        public fun wait(value: Duration): Builder = apply { wait = value }

        /** Sets [TokenOptions.clientCredentials]. */
        public fun clientCredentials(scopes: String?): Builder = apply { clientCredentials = scopes }

        /** Sets [TokenOptions.listener]. */
        public fun listener(value: TokenListener?): Builder = apply { listener = value }

        /** The options. */
        public fun build(): TokenOptions = TokenOptions(this)
    }

    /** Where options start. */
    public companion object {
        /** A builder with nothing set. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Options with what [set] sets. */
        @JvmSynthetic
        public operator fun invoke(set: Builder.() -> Unit): TokenOptions = Builder().apply(set).build()
    }
}
