package pinterest.sdk.internal

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import pinterest.sdk.TokenEvent
import pinterest.sdk.TokenListener
import java.nio.ByteBuffer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

/** What a manager of the core has on this side, by number, until the core says that nobody needs it any more. */
internal object Peers {
    private val numbers = AtomicLong()
    private val peers = ConcurrentHashMap<ULong, Peer>()

    /** How many are needed. */
    val size: Int get() = peers.size

    /** Keeps one, and gives its number. */
    fun keep(peer: Peer): ULong = numbers.incrementAndGet().toULong().also { peers[it] = peer }

    /** Gives one back. */
    fun end(number: ULong) {
        peers.remove(number)
    }

    /** Passes a message on, and returns at once. */
    fun hear(message: ByteArray) {
        when (val told = FfiConverterTypeNativeMessage.read(ByteBuffer.wrap(message))) {
            is NativeMessage.Event -> peers[told.peer]?.hear(told.event.toEvent())
            is NativeMessage.Gone -> end(told.peer)
        }
    }
}

/** The one that hears of a manager's events. */
internal class Peer(private val listener: TokenListener) {
    // One at a time, and it may block.
    private val scope = CoroutineScope(Dispatchers.IO.limitedParallelism(1))

    fun hear(event: TokenEvent) {
        // What it throws is its own.
        scope.launch { runCatching { listener.onEvent(event) } }
    }
}
