package pinterest.sdk

import pinterest.sdk.internal.settingsOf
import pinterest.sdk.internal.withPinterestExceptions
import java.nio.file.Path
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/** Which of Pinterest's two worlds to talk to. Tokens of one are not valid in the other. */
public enum class Environment {
    /** Real accounts and Pins. */
    PRODUCTION,

    /** Pinterest's API Sandbox. */
    SANDBOX,
}

/**
 * Settings of an [ApiClient]. What is not set keeps its default. From Java, use [builder]; [copy] and
 * [toBuilder] change some of them.
 *
 * Beside these, the environment variables `SSL_CERT_FILE`, `SSL_CERT_DIR`, `CURL_CA_BUNDLE`,
 * `REQUESTS_CA_BUNDLE`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are honoured, in any letter case.
 *
 * @property username the app id.
 * @property password the app secret.
 * @property accessToken the bearer token, for calls that act for a user.
 * @property environment sets the base URL of the API.
 * @property host replaces the environment's base URL: https, or http to a loopback address; no user
 *   info, query or fragment.
 * @property connectTimeout from the start of a call to the request's first byte: name lookup, TCP,
 *   proxy and TLS; 10 seconds unless set. Zero is no limit.
 * @property timeout from the start of a call to the answer's last byte; 60 seconds unless set. Zero is no limit.
 * @property proxy URL of an HTTP proxy, `http://user:password@host:port`; it replaces the
 *   environment's. A host of plain http is on this machine, and is always reached directly.
 * @property noProxy hosts to reach without a proxy, separated by commas, in place of `NO_PROXY`.
 * @property sslCaCert PEM file with certificate authorities to trust beside the public and the
 *   system's ones.
 * @property certFile PEM file with the client's certificate chain, for mutual TLS.
 * @property keyFile PEM file with the client certificate's key; [certFile] may hold it as well.
 * @property userAgent sent as `User-Agent`.
 * @property retries how often to make a request again that could not be sent, with pauses that grow, within
 *   [timeout]; never unless set. A request of which anything may have left is never made again.
 * @property maxAnswerBytes how large an answer may be, after decompression; 64 MiB unless set. Answers with
 *   tokens have a limit of their own, 1 MiB.
 * @property authorizationUrl the page that asks a person for permission, in place of Pinterest's: https,
 *   or http to a loopback address.
 */
@Suppress("LongParameterList")
public class Configuration(
    public val username: String? = null,
    public val password: String? = null,
    public val accessToken: String? = null,
    public val environment: Environment = Environment.PRODUCTION,
    public val host: String? = null,
    @get:JvmSynthetic
    public val connectTimeout: Duration? = null,
    @get:JvmSynthetic
    public val timeout: Duration? = null,
    public val proxy: String? = null,
    public val noProxy: String? = null,
    public val sslCaCert: Path? = null,
    public val certFile: Path? = null,
    public val keyFile: Path? = null,
    public val userAgent: String? = null,
    public val authorizationUrl: String? = null,
    public val retries: Int = 0,
    public val maxAnswerBytes: Long? = null,
) {
    /** What ends of tokens and authorizations are compared with, in a test; the system's clock unless set. */
    public var clock: ManualClock? = null
        private set

    /**
     * Whether [ApiClient.call] waits where the last answer said that the operation's category is used up, or fails at
     * once where that is longer than [timeout] or [rateLimitWait]; it does unless set.
     */
    public var keepRateLimits: Boolean = true
        private set

    /** The longest that such a wait may be; as long as [timeout] unless set. */
    @get:JvmSynthetic
    public var rateLimitWait: Duration? = null
        private set

    /** [rateLimitWait], as Java's `getRateLimitWait()`. */
    @get:JvmName("getRateLimitWait")
    public val javaRateLimitWait: java.time.Duration? get() = rateLimitWait?.toJavaDuration()

    /** [connectTimeout], as Java's `getConnectTimeout()`. */
    @get:JvmName("getConnectTimeout")
    public val javaConnectTimeout: java.time.Duration? get() = connectTimeout?.toJavaDuration()

    /** [timeout], as Java's `getTimeout()`. */
    @get:JvmName("getTimeout")
    public val javaTimeout: java.time.Duration? get() = timeout?.toJavaDuration()

    /** Shows the settings, and of secrets only whether they are set. */
    override fun toString(): String = describe(
        "Configuration",
        "username" to username,
        "password" to hidden(password),
        "accessToken" to hidden(accessToken),
        "environment" to environment,
        "host" to withoutSecrets(host),
        "connectTimeout" to connectTimeout,
        "timeout" to timeout,
        "proxy" to hidden(proxy),
        "noProxy" to noProxy,
        "sslCaCert" to sslCaCert,
        "certFile" to certFile,
        "keyFile" to keyFile,
        "userAgent" to userAgent,
        "authorizationUrl" to withoutSecrets(authorizationUrl),
        "retries" to retries.takeIf { it != 0 },
        "maxAnswerBytes" to maxAnswerBytes,
        "keepRateLimits" to keepRateLimits.takeIf { !it },
        "rateLimitWait" to rateLimitWait,
        "clock" to clock,
    )

    /**
     * These settings with changes: `configuration.copy { host("http://127.0.0.1:8086/v5") }`. From Java,
     * [toBuilder].
     */
    @JvmSynthetic
    public fun copy(change: Builder.() -> Unit): Configuration = toBuilder().apply(change).build()

    /** A builder with these settings. */
    public fun toBuilder(): Builder = Builder(this)

    /**
     * Sets one thing after another; each method is named after its property. What a later release adds is set
     * here and nowhere else: another parameter of the constructor would break programs that are compiled already.
     */
    public class Builder internal constructor(from: Configuration) {
        private var username = from.username
        private var password = from.password
        private var accessToken = from.accessToken
        private var environment = from.environment
        private var host = from.host
        private var connectTimeout = from.connectTimeout
        private var timeout = from.timeout
        private var proxy = from.proxy
        private var noProxy = from.noProxy
        private var sslCaCert = from.sslCaCert
        private var certFile = from.certFile
        private var keyFile = from.keyFile
        private var userAgent = from.userAgent
        private var authorizationUrl = from.authorizationUrl
        private var retries = from.retries
        private var maxAnswerBytes = from.maxAnswerBytes
        private var keepRateLimits = from.keepRateLimits
        private var rateLimitWait = from.rateLimitWait
        private var clock = from.clock

        /** Sets [Configuration.username]. */
        public fun username(value: String?): Builder = apply { username = value }

        /** Sets [Configuration.password]. */
        public fun password(value: String?): Builder = apply { password = value }

        /** Sets [Configuration.accessToken]. */
        public fun accessToken(value: String?): Builder = apply { accessToken = value }

        /** Sets [Configuration.environment]. */
        public fun environment(value: Environment): Builder = apply { environment = value }

        /** Sets [Configuration.host]. */
        public fun host(value: String?): Builder = apply { host = value }

        /** Sets [Configuration.connectTimeout]. */
        public fun connectTimeout(value: java.time.Duration?): Builder =
            apply { connectTimeout = value?.toKotlinDuration() }

        /** Sets [Configuration.timeout]. */
        public fun timeout(value: java.time.Duration?): Builder = apply { timeout = value?.toKotlinDuration() }

        /** Sets [Configuration.connectTimeout]. */
        @JvmSynthetic
        public fun connectTimeout(value: Duration): Builder = apply { connectTimeout = value }

        /** Sets [Configuration.timeout]. */
        @JvmSynthetic
        public fun timeout(value: Duration): Builder = apply { timeout = value }

        /** Sets [Configuration.proxy]. */
        public fun proxy(value: String?): Builder = apply { proxy = value }

        /** Sets [Configuration.noProxy]. */
        public fun noProxy(value: String?): Builder = apply { noProxy = value }

        /** Sets [Configuration.sslCaCert]. */
        public fun sslCaCert(value: Path?): Builder = apply { sslCaCert = value }

        /** Sets [Configuration.certFile]. */
        public fun certFile(value: Path?): Builder = apply { certFile = value }

        /** Sets [Configuration.keyFile]. */
        public fun keyFile(value: Path?): Builder = apply { keyFile = value }

        /** Sets [Configuration.userAgent]. */
        public fun userAgent(value: String?): Builder = apply { userAgent = value }

        /** Sets [Configuration.authorizationUrl]. */
        public fun authorizationUrl(value: String?): Builder = apply { authorizationUrl = value }

        /** Sets [Configuration.retries]. */
        public fun retries(value: Int): Builder = apply { retries = value }

        /** Sets [Configuration.maxAnswerBytes]. */
        public fun maxAnswerBytes(value: Long?): Builder = apply { maxAnswerBytes = value }

        /** Sets [Configuration.keepRateLimits]. */
        public fun keepRateLimits(value: Boolean): Builder = apply { keepRateLimits = value }

        /** Sets [Configuration.rateLimitWait]. */
        public fun rateLimitWait(value: java.time.Duration?): Builder =
            apply { rateLimitWait = value?.toKotlinDuration() }

        /** Sets [Configuration.rateLimitWait]. */
        @JvmSynthetic
        public fun rateLimitWait(value: Duration): Builder = apply { rateLimitWait = value }

        /** Sets [Configuration.clock]. */
        public fun clock(value: ManualClock?): Builder = apply { clock = value }

        /** The configuration with what has been set. */
        public fun build(): Configuration = Configuration(
            username,
            password,
            accessToken,
            environment,
            host,
            connectTimeout,
            timeout,
            proxy,
            noProxy,
            sslCaCert,
            certFile,
            keyFile,
            userAgent,
            authorizationUrl,
            retries,
            maxAnswerBytes,
        ).also {
            it.clock = clock
            it.keepRateLimits = keepRateLimits
            it.rateLimitWait = rateLimitWait
        }
    }

    /** Where Java starts. */
    public companion object {
        /** A builder with nothing set. */
        @JvmStatic
        public fun builder(): Builder = Builder(Configuration())

        /**
         * The settings that the environment names, as the command line reads them: `PINTEREST_APP_ID`,
         * `PINTEREST_APP_SECRET`, `PINTEREST_ACCESS_TOKEN`, `PINTEREST_API_URI` and `PINTEREST_OAUTH_URI`. One that
         * is blank is not set; an address without a path gets `/v5` or `/oauth/`.
         */
        @JvmStatic
        public fun fromEnv(): Configuration = withPinterestExceptions { settingsOf(System.getenv()) }
    }
}
