package pinterest.sdk.internal

import com.sun.jna.Native
import com.sun.jna.Pointer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext
import java.nio.ByteBuffer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

/**
 * Calls under way. Each crosses into native code once, as the generator's bytes; what became of it comes in a batch
 * with others, to a thread of ours that does nothing else: inside [pinterest_sdk_outcomes] it makes the calls.
 */
@Suppress("FunctionName", "ktlint:standard:function-naming") // As C has them; src/entry.rs says what they do.
internal object CallQueue {
    private const val BATCH = 64
    private const val ENTRY = 3
    private const val CLOSED = 1

    /** In place of a call's number: what comes is a message. */
    private const val MESSAGE = -1L

    /** As much as native threads have: cryptography is deep. */
    private const val STACK_BYTES = 2L shl 20

    private val numbers = AtomicLong()
    private val waiting = ConcurrentHashMap<Long, (Result<ByteArray>) -> Unit>()

    @Volatile
    private var thread: Thread? = null

    init {
        Native.register(CallQueue::class.java, libraryName())
    }

    /** Finds the functions, or fails. */
    fun load(): Unit = Unit

    /** How many calls have not ended. */
    val size: Int get() = waiting.size

    private external fun pinterest_sdk_begin(client: Long, number: Long, call: ByteArray, length: Long): Int

    private external fun pinterest_sdk_cancel(number: Long)

    private external fun pinterest_sdk_outcomes(table: LongArray, most: Long): Int

    /** Makes a call. A cancelled one ends soon after. */
    suspend fun make(client: Long, call: NativeCall): NativeOutcome {
        val bytes = bytes(call)
        return make { number -> begin(client, number, bytes) }
    }

    /** Makes what is begun in another way, under the number that it is given. */
    suspend fun make(start: (Long) -> Unit): NativeOutcome {
        val outcome = suspendCancellableCoroutine { continuation ->
            val number = begin(start) { continuation.resumeWith(it) }
            continuation.invokeOnCancellation { waiting.remove(number)?.let { pinterest_sdk_cancel(number) } }
        }
        return outcome(outcome)
    }

    /** Makes a call. A cancelled one has ended, and what it held is free, when this throws. */
    suspend fun makeToItsEnd(client: Long, call: NativeCall): NativeOutcome {
        val ended = CompletableDeferred<ByteArray>()
        val bytes = bytes(call)
        val number = begin({ begin(client, it, bytes) }) { it.fold(ended::complete, ended::completeExceptionally) }
        try {
            return outcome(ended.await())
        } finally {
            pinterest_sdk_cancel(number)
            withContext(NonCancellable) { ended.join() }
        }
    }

    private fun begin(start: (Long) -> Unit, waiter: (Result<ByteArray>) -> Unit): Long {
        val number = numbers.incrementAndGet()
        waiting[number] = waiter
        runCatching {
            ensureThread()
            start(number)
        }.onFailure { waiting.remove(number) }.getOrThrow()
        return number
    }

    private fun begin(client: Long, number: Long, bytes: ByteBuffer) {
        val begun = pinterest_sdk_begin(client, number, bytes.array(), bytes.position().toLong())
        check(begun != CLOSED) { "this ApiClient is closed" }
        if (begun != 0) throw InternalException("the call was not understood")
    }

    private fun bytes(call: NativeCall): ByteBuffer {
        val room = ByteBuffer.allocate(FfiConverterTypeNativeCall.allocationSize(call).toInt())
        FfiConverterTypeNativeCall.write(call, room)
        return room
    }

    private fun outcome(bytes: ByteArray): NativeOutcome {
        val outcome = FfiConverterTypeNativeOutcome.read(ByteBuffer.wrap(bytes))
        return if (outcome is NativeOutcome.Failed) throw outcome.error else outcome
    }

    /** Sees to it that messages are heard. */
    fun start(): Unit = ensureThread()

    private fun ensureThread() {
        if (thread != null) return
        synchronized(this) {
            if (thread == null) {
                openQueue()
                thread = Thread(null, ::handOut, "pinterest-sdk", STACK_BYTES).apply {
                    isDaemon = true
                    // It outlives whoever happened to make the first call.
                    contextClassLoader = null
                    start()
                }
            }
        }
    }

    @Suppress("TooGenericExceptionCaught") // Whatever it is, those who wait are told.
    private fun handOut() {
        val table = LongArray(BATCH * ENTRY)
        val failure = try {
            while (true) {
                val count = pinterest_sdk_outcomes(table, BATCH.toLong())
                if (count < 0) break
                for (at in 0 until count * ENTRY step ENTRY) handOut(table[at], table[at + 1], table[at + 2])
            }
            InternalException("the thread of the calls ended")
        } catch (failure: Throwable) {
            failure
        }
        // First: a call that finds none starts another.
        synchronized(this) { thread = null }
        for (number in waiting.keys) waiting.remove(number)?.invoke(Result.failure(failure))
    }

    private fun handOut(number: Long, address: Long, length: Long) {
        if (number == MESSAGE) {
            runCatching { Peers.hear(Pointer(address).getByteArray(0, Math.toIntExact(length))) }
            return
        }
        // One that was cancelled is nobody's.
        val waiter = waiting.remove(number) ?: return
        // An answer may be too large for the heap: that is this call's failure, and no other's.
        waiter(runCatching { Pointer(address).getByteArray(0, Math.toIntExact(length)) })
    }
}
