package pinterest.sdk.internal

import pinterest.sdk.ApiException
import pinterest.sdk.AuthenticationException
import pinterest.sdk.AuthorizationException
import pinterest.sdk.ForbiddenException
import pinterest.sdk.InvalidGrantException
import pinterest.sdk.InvalidInputException
import pinterest.sdk.NetworkException
import pinterest.sdk.Outcome
import pinterest.sdk.Phase
import pinterest.sdk.PinterestException
import pinterest.sdk.PinterestException.Facts
import pinterest.sdk.ProtocolException
import pinterest.sdk.RateLimit
import pinterest.sdk.RateLimitedException
import pinterest.sdk.ReauthorizationRequiredException
import pinterest.sdk.ScopeException
import pinterest.sdk.ServerException
import pinterest.sdk.StoreException
import pinterest.sdk.UnexpectedException
import java.nio.charset.CharacterCodingException
import kotlin.time.Duration.Companion.seconds

/** The table from the core's kinds to classes. */
internal fun NativeException.toPinterestException(): PinterestException = when (this) {
    is NativeException.Unexpected -> unexpected(text)

    is NativeException.Failed ->
        when (kind) {
            "InvalidInput" -> InvalidInputException(facts())
            "Network" -> NetworkException(facts(), Phase.valueOf(phase.orEmpty().uppercase()))
            "Protocol" -> ProtocolException(facts())
            "Authentication" -> AuthenticationException(facts())
            "Authorization" -> AuthorizationException(facts())
            "InvalidGrant" -> InvalidGrantException(facts())
            "Scope" -> ScopeException(facts())
            "Forbidden" -> ForbiddenException(facts())
            "RateLimited" -> RateLimitedException(facts())
            "Server" -> ServerException(facts())
            "Store" -> StoreException(facts())
            "ReauthorizationRequired" -> ReauthorizationRequiredException(facts())
            else -> ApiException(facts())
        }
}

/** For a defect of the library. */
internal fun unexpected(message: String, cause: Exception? = null): PinterestException =
    UnexpectedException(Facts(message, Outcome.UNKNOWN, cause = cause))

/** For text that UTF-8 cannot carry. */
internal fun notText(cause: CharacterCodingException): PinterestException {
    val message = "a value holds half of a character (a lone surrogate), which cannot be sent"
    return InvalidInputException(Facts(message, Outcome.NOT_SENT, cause = cause))
}

private fun NativeException.Failed.facts() = Facts(
    message = text,
    outcome =
    when (outcome) {
        "NotSent" -> Outcome.NOT_SENT
        "Refused" -> Outcome.REFUSED
        else -> Outcome.UNKNOWN
    },
    status = status?.toInt(),
    code = code,
    retryAfter = retryAfterSeconds?.toLong()?.seconds,
    requestId = requestId,
    hint = hint,
    rateLimit = rateLimit?.toRateLimit() ?: RateLimit(),
    reason = reason,
    isRetryable = retryable,
    headers = headers.grouped(),
    body = body?.text,
)
