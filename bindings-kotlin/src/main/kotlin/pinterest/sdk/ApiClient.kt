package pinterest.sdk

import kotlinx.coroutines.CancellationException
import pinterest.sdk.internal.CoreClient
import pinterest.sdk.internal.blocking
import pinterest.sdk.internal.later
import pinterest.sdk.internal.send
import pinterest.sdk.internal.sendForBytes
import pinterest.sdk.internal.suspending
import java.util.concurrent.CompletableFuture

/**
 * Makes requests with one configuration, over one pool of connections; connects to nothing before the
 * first call. Safe to share between threads. Close it when done: calls under way still end, new ones
 * throw [IllegalStateException].
 *
 * @property configuration the settings.
 * @throws InvalidInputException naming the setting that cannot be used.
 */
public class ApiClient(public val configuration: Configuration) : AutoCloseable {
    private val core = CoreClient(configuration)

    /**
     * Calls any endpoint, once; [ApiResponse.data] is the answer's JSON text as it came, null when it is
     * empty. Cancelling the coroutine ends the call at once and closes its connection; what had left by
     * then may have taken effect.
     *
     * @throws PinterestException for any status but 2xx and for an answer that is not JSON.
     */
    public suspend fun request(request: ApiRequest): ApiResponse<String?> = open().suspending { send(request) }

    /**
     * [request] on the calling thread. Interrupting it cancels the call, which then throws
     * [CancellationException].
     *
     * @throws PinterestException as [request].
     */
    public fun requestBlocking(request: ApiRequest): ApiResponse<String?> = open().blocking { send(request) }

    /**
     * [request] as a future, which fails as [request] throws. Cancelling it cancels the call. What follows it
     * runs on a thread for computations: hand over what blocks to an executor of yours.
     */
    public fun requestAsync(request: ApiRequest): CompletableFuture<ApiResponse<String?>> = later { request(request) }

    /**
     * [request] for an answer of any type: [ApiResponse.data] is its bytes.
     *
     * @throws PinterestException for any status but 2xx.
     */
    public suspend fun requestBytes(request: ApiRequest): ApiResponse<ByteArray> =
        open().suspending { sendForBytes(request) }

    /**
     * [requestBytes] on the calling thread, as [requestBlocking].
     *
     * @throws PinterestException as [requestBytes].
     */
    public fun requestBytesBlocking(request: ApiRequest): ApiResponse<ByteArray> =
        open().blocking { sendForBytes(request) }

    /** [requestBytes] as a future, as [requestAsync]. */
    public fun requestBytesAsync(request: ApiRequest): CompletableFuture<ApiResponse<ByteArray>> =
        later { requestBytes(request) }

    /** Gives the connections back. Closing twice is fine. */
    override fun close() {
        core.close()
    }

    /** Shows the settings without secrets. */
    override fun toString(): String = "ApiClient($configuration)"

    @JvmSynthetic
    internal fun open(): CoreClient {
        check(!core.isClosed) { "this ApiClient is closed" }
        return core
    }
}
