package pinterest.sdk.internal

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration.Companion.milliseconds

/**
 * A few threads on which a program's code may wait for what needs one of them itself: while none of them moves, there
 * are more, at once as many as something waits for.
 *
 * @param usual how many there are while they move: more than there are processors would only wake one another.
 * @param threads has as many as it is asked for.
 * @param watch where nothing of a program's runs.
 */
internal class Patient(
    private val usual: Int,
    private val threads: CoroutineDispatcher,
    private val watch: CoroutineDispatcher,
) : CoroutineDispatcher() {
    private val waiting = ConcurrentLinkedQueue<Runnable>()
    private val busy = AtomicInteger()
    private val moves = AtomicLong()
    private val isWatched = AtomicBoolean()

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        waiting.add(block)
        hire()
    }

    private fun hire() {
        if (busy.getAndUpdate { if (it < usual) it + 1 else it } < usual) serve() else watch()
    }

    private fun serve() = threads.dispatch(EmptyCoroutineContext) {
        try {
            while (true) {
                val block = waiting.poll() ?: break
                block.run()
                moves.incrementAndGet()
            }
        } finally {
            busy.decrementAndGet()
            // Which may have come when this thread still counted.
            if (waiting.isNotEmpty()) hire()
        }
    }

    private fun watch() {
        if (!isWatched.compareAndSet(false, true)) return
        CoroutineScope(watch).launch {
            while (waiting.isNotEmpty()) {
                val before = moves.get()
                delay(STILL)
                if (moves.get() == before) {
                    repeat(waiting.size.coerceAtMost(AT_ONCE)) {
                        busy.incrementAndGet()
                        serve()
                    }
                }
            }
            isWatched.set(false)
            if (waiting.isNotEmpty()) watch()
        }
    }

    private companion object {
        val STILL = 20.milliseconds
        const val AT_ONCE = 64
    }
}
