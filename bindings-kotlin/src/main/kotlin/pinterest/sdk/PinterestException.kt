package pinterest.sdk

import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.toJavaDuration

/** What is known of a request's effect, and so whether it may be made again. */
public enum class Outcome {
    /** No byte of it left: making it again is safe. */
    NOT_SENT,

    /** Pinterest answered and did nothing. */
    REFUSED,

    /** It may have taken effect: a one-time code may be used up, a refresh token replaced. */
    UNKNOWN,
}

/** Where a request without an answer stopped. */
public enum class Phase {
    /** Looking up the host's address. */
    RESOLVE,

    /** Opening the connection, to the host or to a proxy. */
    CONNECT,

    /** Agreeing on TLS. */
    TLS,

    /** Sending the request. */
    SEND,

    /** Receiving the answer. */
    RECEIVE,

    /** A deadline passed; [PinterestException.outcome] says whether anything had been sent. */
    TIMEOUT,
}

/**
 * A failed call: one subclass a kind. The message says what happened and what to do; it shows no
 * token, code or secret.
 *
 * It is unchecked: Kotlin checks no exceptions, and a checked one could not leave the lambdas and
 * streams that Java code makes its calls from.
 *
 * @property outcome whether the request may have taken effect.
 * @property status the HTTP status, when there was an answer.
 * @property code Pinterest's error code, when the answer held one.
 * @property retryAfter how long Pinterest asks to wait; in Java a `java.time.Duration`.
 * @property requestId Pinterest's `x-pinterest-rid`; its support asks for it.
 * @property hint what to do next, where the SDK can tell; the message ends with it.
 * @property reason why an authorization gave no token: of every [AuthorizationException], and of
 *   [PendingAuthorization.fromJson].
 * @property isRetryable whether making the same call again is safe and may succeed: nothing took effect, and what
 *   was in the way may pass. After [retryAfter], if there is one.
 * @property headers the refusing answer's headers, but for cookies and secrets: values in order of arrival by name
 *   in lower case; empty if no answer was a refusal.
 * @property body the refusing answer's text as it came, but for the call's own secrets and whatever looks like a
 *   token; null if no answer was a refusal. No text of the exception shows it.
 */
public sealed class PinterestException(facts: Facts) : RuntimeException(facts.message, facts.cause) {
    public val outcome: Outcome = facts.outcome
    public val status: Int? = facts.status
    public val code: Long? = facts.code

    // As a number, for a `Duration` cannot be serialized as exceptions are.
    private val retryAfterNanoseconds = facts.retryAfter?.inWholeNanoseconds

    @get:JvmSynthetic
    public val retryAfter: Duration? get() = retryAfterNanoseconds?.nanoseconds
    public val requestId: String? = facts.requestId
    public val hint: String? = facts.hint
    private val reasonName = facts.reason
    public val reason: AuthorizationReason? get() = reasonName?.let(::AuthorizationReason)
    public val isRetryable: Boolean = facts.isRetryable
    public val headers: Map<String, List<String>> = facts.headers
    public val body: String? = facts.body

    /** [retryAfter], as Java's `getRetryAfter()`. */
    @get:JvmName("getRetryAfter")
    public val javaRetryAfter: java.time.Duration? get() = retryAfter?.toJavaDuration()

    /** [retryAfter] in whole seconds. */
    public val retryAfterSeconds: Long? get() = retryAfter?.inWholeSeconds

    /** What is known of a failure. */
    internal class Facts(
        val message: String,
        val outcome: Outcome,
        val status: Int? = null,
        val code: Long? = null,
        @get:JvmSynthetic
        val retryAfter: Duration? = null,
        val requestId: String? = null,
        val hint: String? = null,
        val rateLimit: RateLimit = RateLimit(),
        val reason: String? = null,
        val isRetryable: Boolean = false,
        val headers: Map<String, List<String>> = emptyMap(),
        val body: String? = null,
        val cause: Throwable? = null,
    )
}

/** The call itself cannot be made as asked, and the message says why; nothing was sent. */
public class InvalidInputException internal constructor(facts: Facts) : PinterestException(facts)

/**
 * No answer.
 *
 * @property phase where it stopped.
 */
public class NetworkException internal constructor(facts: Facts, public val phase: Phase) : PinterestException(facts)

/** An answer that is not what the endpoint gives: not HTTP, not JSON, no token, too large, a redirect. */
public class ProtocolException internal constructor(facts: Facts) : PinterestException(facts)

/** Pinterest does not accept the app id and secret, or the access token (code 2). */
public class AuthenticationException internal constructor(facts: Facts) : PinterestException(facts)

/**
 * There is no authorization: the person did not allow it, or the callback is not the one that was waited
 * for, comes too late or was used already; [reason] tells which.
 */
public class AuthorizationException internal constructor(facts: Facts) : PinterestException(facts)

/** The code or refresh token is wrong, used or expired (code 283). */
public class InvalidGrantException internal constructor(facts: Facts) : PinterestException(facts)

/** The token lacks a scope, or the app a feature (code 3). */
public class ScopeException internal constructor(facts: Facts) : PinterestException(facts)

/** Not permitted (code 29, HTTP 403). */
public class ForbiddenException internal constructor(facts: Facts) : PinterestException(facts)

/**
 * Too many requests (code 8, HTTP 429); [retryAfter] says how long to wait.
 *
 * @property rateLimit what the answer says of the rate limit.
 */
public class RateLimitedException internal constructor(facts: Facts) : PinterestException(facts) {
    public val rateLimit: RateLimit = facts.rateLimit
}

/** Pinterest failed (code 12, HTTP 5xx). */
public class ServerException internal constructor(facts: Facts) : PinterestException(facts)

/**
 * The store of a [TokenManager] fails, or was changed by somebody else. The outcome is [Outcome.UNKNOWN] where Pinterest
 * had given new tokens already.
 */
public class StoreException internal constructor(facts: Facts) : PinterestException(facts)

/** A [TokenManager] has nothing to renew tokens with: a person has to authorize again. */
public class ReauthorizationRequiredException internal constructor(facts: Facts) : PinterestException(facts)

/** Any other refusal. */
public class ApiException internal constructor(facts: Facts) : PinterestException(facts)

/** The SDK itself failed: it does not support this platform, or it has a defect, which please report. */
public class UnexpectedException internal constructor(facts: Facts) : PinterestException(facts)
