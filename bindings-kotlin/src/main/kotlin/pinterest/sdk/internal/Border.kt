package pinterest.sdk.internal

import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native
import com.sun.jna.Platform
import pinterest.sdk.Configuration
import pinterest.sdk.Outcome
import pinterest.sdk.PinterestException
import pinterest.sdk.PinterestException.Facts
import pinterest.sdk.UnexpectedException
import java.nio.charset.CharacterCodingException

/** A client of the core. */
internal fun createNativeClient(configuration: Configuration): NativeClient =
    withPinterestExceptions {
        Threads.stayAttached()
        NativeClient(configuration.toNative())
    }

/** Makes a call; cancelling the coroutine drops it in the core, which closes its connection. */
internal suspend fun <T> callNative(
    client: NativeClient,
    operation: suspend NativeClient.() -> T,
): T = withPinterestExceptions { client.operation() }

/** The one place where failures become what people catch. Cancellation passes through. */
private inline fun <T> withPinterestExceptions(call: () -> T): T =
    try {
        call()
    } catch (failure: NativeException) {
        throw failure.toPinterestException()
    } catch (panic: InternalException) {
        throw unexpected("the SDK's native code failed", panic)
    } catch (halfCharacter: CharacterCodingException) {
        throw notText(halfCharacter)
    } catch (missing: LinkageError) {
        throw unexpected(
            "the SDK's native library does not load on ${Platform.RESOURCE_PREFIX}: this jar may have been built " +
                "for another platform or C library",
            missing,
        )
    }

internal fun unexpected(
    message: String,
    cause: Throwable? = null,
): PinterestException = UnexpectedException(Facts(message, Outcome.UNKNOWN, cause = cause))

/** The core's threads attach to the virtual machine once, not once for each result they bring. */
private object Threads {
    init {
        Native.setCallbackThreadInitializer(
            uniffiRustFutureContinuationCallbackImpl,
            CallbackThreadInitializer(true, false, "pinterest-sdk"),
        )
    }

    /** Returns when the rule above is in force. */
    fun stayAttached() = Unit
}
