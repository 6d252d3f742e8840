package pinterest.sdk.internal

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.nio.charset.CharacterCodingException
import java.util.concurrent.CompletableFuture

/**
 * Makes a call away from the caller's thread, which may be Android's main one; and what resumes without
 * a dispatcher of its own does so on these threads, not on the core's, which it would hold up.
 */
internal suspend fun <R, T> R.suspending(operation: suspend R.() -> T): T =
    withContext(Dispatchers.Default) { call(operation) }

/** Makes a call on this thread. */
internal fun <R, T> R.blocking(operation: suspend R.() -> T): T = interruptibly { call(operation) }

/** Runs a coroutine on this thread. Interrupting the thread cancels it. */
internal fun <T> interruptibly(block: suspend () -> T): T = try {
    runBlocking { block() }
} catch (interruption: InterruptedException) {
    Thread.currentThread().interrupt()
    throw CancellationException("the calling thread was interrupted", interruption)
}

/** Makes a call, for Java. Whatever fails, fails the future; cancelling the future cancels the call. */
internal fun <T> later(call: suspend () -> T): CompletableFuture<T> =
    CoroutineScope(Dispatchers.Default).future { call() }

/** Cancelling the coroutine drops the call in the core, which closes its connection. */
private suspend fun <R, T> R.call(operation: suspend R.() -> T): T = withPinterestExceptions { operation() }

/** The one place where failures become what people catch. Cancellation passes through. */
internal inline fun <T> withPinterestExceptions(call: () -> T): T = try {
    NativeCode.load()
    call()
} catch (failure: NativeException) {
    throw failure.toPinterestException()
} catch (panic: InternalException) {
    throw unexpected("the SDK's native code failed", panic)
} catch (halfCharacter: CharacterCodingException) {
    throw notText(halfCharacter)
}
