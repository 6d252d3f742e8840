package pinterest.sdk.internal

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import pinterest.sdk.TokenEvent
import pinterest.sdk.TokenEventKind
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
            is NativeMessage.Refused -> peers[told.peer]?.forget(told.account)
            is NativeMessage.Ask -> peers[told.peer]?.store?.ask(told.number, told.key, told.question)
            is NativeMessage.NeverMind -> peers[told.peer]?.store?.stop(told.number)
            is NativeMessage.Gone -> end(told.peer)
        }
    }
}

/** A manager's listener and its own store, where it has these; [forget] has an account's last token forgotten, at once. */
internal class Peer(private val listener: TokenListener?, val store: OwnStore?, val forget: (String) -> Unit) {
    // One at a time, and it may block.
    private val scope = CoroutineScope(Dispatchers.IO.limitedParallelism(1))

    fun hear(event: TokenEvent) {
        // Whoever waited too little for another got the old one.
        if (event.kind == TokenEventKind.REFRESHED) forget(event.account)
        if (listener != null) scope.launch { tell(listener, event) }
    }

    /** What it throws harms nobody, and is not silent: Android has standard error in its log. */
    private fun tell(listener: TokenListener, event: TokenEvent) {
        runCatching { listener.onEvent(event) }.onFailure(Throwable::printStackTrace)
    }
}
