package pinterest.sdk.internal

import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native
import pinterest.sdk.Configuration
import java.nio.charset.CharacterCodingException

/** A client of the core. */
internal fun createNativeClient(configuration: Configuration): NativeClient = withPinterestExceptions {
    CoreThread.staysAttached()
    NativeClient(configuration.toNative())
}

/** Makes a call; cancelling the coroutine drops it in the core, which closes its connection. */
internal suspend fun <T> callNative(client: NativeClient, operation: suspend NativeClient.() -> T): T =
    withPinterestExceptions { client.operation() }

/** The one place where failures become what people catch. Cancellation passes through. */
private inline fun <T> withPinterestExceptions(call: () -> T): T = try {
    call()
} catch (failure: NativeException) {
    throw failure.toPinterestException()
} catch (panic: InternalException) {
    throw unexpected("the SDK's native code failed", panic)
} catch (halfCharacter: CharacterCodingException) {
    throw notText(halfCharacter)
} catch (missing: LinkageError) {
    throw doesNotLoad(missing)
}

/** The core's thread attaches to the virtual machine once, not once for each result it brings. */
private object CoreThread {
    init {
        Native.setCallbackThreadInitializer(
            uniffiRustFutureContinuationCallbackImpl,
            CallbackThreadInitializer(true, false, "pinterest-sdk"),
        )
    }

    /** Returns when the rule above is in force. */
    fun staysAttached() = Unit
}
