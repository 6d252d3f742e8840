package pinterest.sdk.internal

import pinterest.sdk.Configuration

/** A client of the core, and the number that calls name it by. */
internal class CoreClient(configuration: Configuration) : AutoCloseable {
    val native: NativeClient = withPinterestExceptions {
        NativeClient(configuration.toNative(), configuration.clock?.native)
    }
    val number: Long = native.number().toLong()
    val isClosed: Boolean get() = native.uniffiIsDestroyed

    override fun close() {
        native.close()
    }
}
