package pinterest.sdk

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertNotSame
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import pinterest.sdk.internal.Patient
import pinterest.sdk.internal.suspending
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

/** On which threads work begins, and how many there are. */
internal class PatientTest {
    private val patient: CoroutineDispatcher =
        Patient(2, Dispatchers.IO.limitedParallelism(Int.MAX_VALUE), Dispatchers.IO.limitedParallelism(2))

    @Test
    fun `work that never waits needs no more than the usual threads at a time`() {
        val many = 10_000
        val ended = CountDownLatch(many)
        val running = ConcurrentHashMap.newKeySet<Thread>()
        val most = ConcurrentHashMap.newKeySet<Int>()
        repeat(many) {
            patient.asExecutor().execute {
                running.add(Thread.currentThread())
                most.add(running.size)
                running.remove(Thread.currentThread())
                ended.countDown()
            }
        }
        assertTrue(ended.await(30, TimeUnit.SECONDS))
        assertTrue(most.max() <= 2, "$most")
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    fun `a thousand that wait for one another are all there soon`() {
        val all = CountDownLatch(1_000)
        repeat(1_000) {
            patient.asExecutor().execute {
                all.countDown()
                all.await()
            }
        }
        all.await()
    }

    @Test
    fun `a call stays where work belongs, and leaves every other thread`() = runBlocking {
        for (dispatcher in listOf(Dispatchers.Default, Dispatchers.IO)) {
            withContext(dispatcher) {
                val here = Thread.currentThread()
                suspending { assertSame(here, Thread.currentThread()) }
            }
        }
        val here = Thread.currentThread()
        suspending { assertNotSame(here, Thread.currentThread()) }
        withContext(Dispatchers.Unconfined) { suspending { assertNotSame(here, Thread.currentThread()) } }
    }
}
