package pinterest.sdk

import pinterest.sdk.internal.NativeClient
import pinterest.sdk.internal.createNativeClient

/**
 * Makes requests with one configuration, over one pool of connections; connects to nothing before the
 * first call. Safe to share between threads. Close it when done: calls under way still end, new ones
 * throw [IllegalStateException].
 *
 * @property configuration the settings.
 * @throws InvalidInputException naming the setting that cannot be used.
 */
public class ApiClient(public val configuration: Configuration) : AutoCloseable {
    private val native = createNativeClient(configuration)

    /** Gives the connections back. Closing twice is fine. */
    override fun close() {
        native.close()
    }

    /** Shows the settings without secrets. */
    override fun toString(): String = "ApiClient($configuration)"

    internal fun open(): NativeClient {
        check(!native.uniffiIsDestroyed) { "this ApiClient is closed" }
        return native
    }
}
