package pinterest.sdk.internal

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.nio.charset.CharacterCodingException
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.ContinuationInterceptor

/**
 * Makes a call away from the caller's thread, which may be Android's main one; and what resumes without
 * a dispatcher of its own does so on these threads, not on the core's, which it would hold up. Whoever is
 * where work belongs already stays there.
 */
internal suspend fun <R, T> R.suspending(operation: suspend R.() -> T): T =
    when (currentCoroutineContext()[ContinuationInterceptor]) {
        patient, Dispatchers.Default, Dispatchers.IO -> call(operation)
        else -> withContext(patient) { call(operation) }
    }

/** Where nothing of a program's runs, so that it never is without a thread. */
private val own: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(2)

/**
 * Where work begins whose caller may hold a thread meanwhile: programs do that on all threads of `Default` or of `IO`,
 * and what waited for one of those would wait for ever. A future's next steps run here, and may wait for other calls.
 */
private val patient: CoroutineDispatcher = Patient(
    Runtime.getRuntime().availableProcessors().coerceAtLeast(2),
    Dispatchers.IO.limitedParallelism(Int.MAX_VALUE),
    own,
)

/**
 * Begins something at once and does it to its end, also when the caller stops waiting for it, or had stopped before. What
 * it gives is waited for as any call.
 */
internal fun <T> begun(work: suspend () -> T): Deferred<T> =
    CoroutineScope(own).async(start = CoroutineStart.UNDISPATCHED) { withPinterestExceptions { work() } }

/** What comes of it. */
internal suspend fun <T> Deferred<T>.outcome(): T = suspending { await() }

/** The same on this thread. */
internal fun <T> Deferred<T>.outcomeBlocking(): T = interruptibly { await() }

/** [begun], for Java: cancelling the future ends the waiting for what comes of it. */
internal fun <T> begunLater(work: suspend () -> T): CompletableFuture<T> = begun(work).let { later { it.outcome() } }

/** Makes a call on this thread. */
internal fun <R, T> R.blocking(operation: suspend R.() -> T): T = interruptibly { call(operation) }

/** Runs a coroutine on this thread. Interrupting the thread cancels it. */
internal fun <T> interruptibly(block: suspend () -> T): T = try {
    runBlocking { block() }
} catch (interruption: InterruptedException) {
    Thread.currentThread().interrupt()
    throw CancellationException("the calling thread was interrupted", interruption)
}

/**
 * Makes a call, for Java. Whatever fails, fails the future; cancelling the future cancels the call. It is under way when
 * this returns: what makes it may be closed then, as `try` does before a future ends.
 */
internal fun <T> later(call: suspend () -> T): CompletableFuture<T> =
    CoroutineScope(patient).future(start = CoroutineStart.UNDISPATCHED) { call() }

/** The same for what calls a function of the program's, which is to run on a thread of ours. */
internal fun <T> laterElsewhere(call: suspend () -> T): CompletableFuture<T> = CoroutineScope(patient).future { call() }

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
