package pinterest.sdk.internal

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import pinterest.sdk.BlockingTokenStore
import pinterest.sdk.FileStore
import pinterest.sdk.KeyFunction
import pinterest.sdk.LockedStore
import pinterest.sdk.RedisStore
import pinterest.sdk.Store
import pinterest.sdk.StoreLock
import pinterest.sdk.TokenStore
import java.util.Base64
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong

/** Asks what a program's store has of its own what the core asks, and answers. */
internal class OwnStore(private val whole: Store) {
    private val store: TokenStore by lazy {
        if (whole is BlockingTokenStore) SuspendingStore(whole) else whole as TokenStore
    }
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO.limitedParallelism(THREADS))
    private val numbers = AtomicLong()
    private val locks = ConcurrentHashMap<ULong, StoreLock>()
    private val asked = ConcurrentHashMap<ULong, Job>()

    /** Returns at once. */
    fun ask(number: ULong, key: String, question: NativeStoreQuestion) {
        val work = scope.launch(start = CoroutineStart.LAZY) { answer(number, key, question) }
        // What is released is released, whoever waits for it.
        if (question !is NativeStoreQuestion.Release) {
            asked[number] = work
            work.invokeOnCompletion { asked.remove(number) }
        }
        work.start()
    }

    /** Stops what nobody waits for. */
    fun stop(number: ULong) {
        asked[number]?.cancel()
    }

    private suspend fun answer(number: ULong, key: String, question: NativeStoreQuestion) {
        val answer = runCatching { answer(key, question) }.getOrElse(::failed)
        val wasTaken = runCatching { answerStore(number, answer) }
            // Text that UTF-8 cannot carry.
            .getOrElse { answerStore(number, failed(it)) }
        if (!wasTaken && answer is NativeStoreAnswer.Locked) {
            withContext(NonCancellable) { runCatching { locks.remove(answer.lock)?.release() } }
        }
    }

    private suspend fun answer(key: String, question: NativeStoreQuestion): NativeStoreAnswer = when (question) {
        is NativeStoreQuestion.Load -> NativeStoreAnswer.Text(store.load(key)?.let(::HiddenText))

        is NativeStoreQuestion.Lock -> {
            val lock = store.lock(key, question.seconds.toLong())
            val number = numbers.incrementAndGet().toULong()
            locks[number] = lock
            NativeStoreAnswer.Locked(number)
        }

        is NativeStoreQuestion.LoadLocked -> {
            val lock = locks[question.lock]
            val text = if (lock is LockedStore) lock.load() else store.load(key)
            NativeStoreAnswer.Text(text?.let(::HiddenText))
        }

        is NativeStoreQuestion.CompareAndSwap -> {
            val lock = locks[question.lock]
            val (expected, new) = question.expected?.text to question.new?.text
            NativeStoreAnswer.Swapped(
                if (lock is LockedStore) {
                    lock.compareAndSwap(expected, new)
                } else {
                    store.compareAndSwap(key, expected, new)
                },
            )
        }

        is NativeStoreQuestion.Release -> {
            locks.remove(question.lock)?.release()
            NativeStoreAnswer.Released
        }

        is NativeStoreQuestion.Keys -> {
            val keys = ((whole as FileStore).keys as KeyFunction).keys()
            NativeStoreAnswer.Keys(keys.map { HiddenText(Base64.getEncoder().encodeToString(it)) })
        }

        is NativeStoreQuestion.Eval -> {
            val connection = (whole as RedisStore).connection
            reply(connection.eval(question.script, question.keys, question.args.map { it.text }))
        }
    }

    private fun reply(answer: Any?): NativeStoreAnswer = when (answer) {
        null -> NativeStoreAnswer.Text(null)
        is Number -> NativeStoreAnswer.Integer(answer.toLong())
        is String -> NativeStoreAnswer.Text(HiddenText(answer))
        is ByteArray -> NativeStoreAnswer.Text(HiddenText(answer.decodeToString()))
        else -> error("an answer is null, a number or a text, and not ${answer.javaClass.name}")
    }

    private fun failed(failure: Throwable): NativeStoreAnswer {
        // Half of a character would not cross.
        val words = runCatching { failure.message?.encodeToByteArray()?.decodeToString() }.getOrNull()
        return NativeStoreAnswer.Failed(failure.javaClass.name, words.orEmpty(), Faults.keep(failure))
    }

    private companion object {
        /** More than anybody's stores need, so that one that hangs holds up nobody. */
        const val THREADS = 64
    }
}

/** The last exceptions of stores, for those of ours that they are behind. */
internal object Faults {
    private const val KEPT = 256

    private val kept = object : LinkedHashMap<ULong, Throwable>() {
        override fun removeEldestEntry(eldest: Map.Entry<ULong, Throwable>) = size > KEPT
    }
    private var last = 0UL

    @Synchronized
    fun keep(fault: Throwable): ULong = (++last).also { kept[it] = fault }

    @Synchronized
    fun find(number: ULong): Throwable? = kept[number]
}
