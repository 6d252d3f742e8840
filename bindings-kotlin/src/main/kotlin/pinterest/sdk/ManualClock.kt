package pinterest.sdk

import pinterest.sdk.internal.NativeClock
import pinterest.sdk.internal.withPinterestExceptions
import java.time.Clock
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.time.Duration
import kotlin.time.toKotlinDuration

/**
 * A clock that stands still until a test moves it: a month passes, and nobody waits for it.
 *
 * ```
 * val clock = ManualClock()
 * val client = ApiClient(configuration.copy { clock(clock) })
 * clock.advance(31.days)
 * ```
 *
 * Ends of tokens and authorizations, and pauses after failures, go by the clock of the client's [Configuration]; limits
 * of calls do not. Clients may share one, any thread may move it, and what else takes a [Clock] can have it too. It knows
 * the time from 1970 to the end of the year 9999, to the millisecond.
 *
 * @param now the time at which it stands; the present unless given.
 */
public class ManualClock
@JvmOverloads
constructor(now: Instant = Instant.now()) : Clock() {
    @Volatile
    private var milliseconds = within(now)

    @get:JvmSynthetic
    internal val native: NativeClock = withPinterestExceptions { NativeClock(milliseconds.toULong()) }

    /** Sets it, forward or back. */
    public fun set(now: Instant): Unit = put { within(now) }

    /**
     * Moves it forward.
     *
     * @throws IllegalArgumentException if [by] is negative.
     */
    @JvmSynthetic
    public fun advance(by: Duration) {
        require(!by.isNegative()) { "`by` is negative; `set` sets the clock back" }
        put { (milliseconds + by.inWholeMilliseconds.coerceAtMost(LAST)).coerceAtMost(LAST) }
    }

    /** Moves it forward, as Java does. */
    public fun advance(by: java.time.Duration): Unit = advance(by.toKotlinDuration())

    @Synchronized
    private fun put(now: () -> Long) {
        milliseconds = now()
        native.set(milliseconds.toULong())
    }

    override fun millis(): Long = milliseconds

    override fun instant(): Instant = Instant.ofEpochMilli(milliseconds)

    /** UTC. */
    override fun getZone(): ZoneId = ZoneOffset.UTC

    /** The same clock, in another zone. */
    override fun withZone(zone: ZoneId): Clock = Zoned(this, zone)

    override fun toString(): String = "ManualClock(${instant()})"

    private class Zoned(private val clock: ManualClock, private val zone: ZoneId) : Clock() {
        override fun millis(): Long = clock.millis()

        override fun instant(): Instant = clock.instant()

        override fun getZone(): ZoneId = zone

        override fun withZone(zone: ZoneId): Clock = Zoned(clock, zone)

        override fun toString(): String = "$clock in $zone"
    }

    private companion object {
        /** The last millisecond of the year 9999, as in the core. */
        private const val LAST = 253_402_300_799_999

        fun within(time: Instant): Long = time.coerceIn(Instant.EPOCH, Instant.ofEpochMilli(LAST)).toEpochMilli()
    }
}
