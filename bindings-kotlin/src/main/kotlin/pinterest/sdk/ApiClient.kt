package pinterest.sdk

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import pinterest.sdk.internal.CoreClient
import pinterest.sdk.internal.blocking
import pinterest.sdk.internal.flowOfItems
import pinterest.sdk.internal.flowOfPages
import pinterest.sdk.internal.itemsInTurn
import pinterest.sdk.internal.later
import pinterest.sdk.internal.pagesInTurn
import pinterest.sdk.internal.perform
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

    /**
     * Calls one of Pinterest's operations. What does not fit is refused before anything is sent; an answer is given as
     * it came. What only reads (`GET`) is asked for again up to [Configuration.retries] times when it fails in passing.
     * Cancelling the coroutine ends the call at once.
     *
     * @throws InvalidInputException for arguments or a body that do not fit, and for an operation that there is not.
     * @throws PinterestException for any status but 2xx and for an answer that is not JSON.
     */
    public suspend fun call(call: OperationCall): OperationAnswer = open().suspending { perform(call) }

    /**
     * [call] on the calling thread, as [requestBlocking].
     *
     * @throws PinterestException as [call].
     */
    public fun callBlocking(call: OperationCall): OperationAnswer = open().blocking { perform(call) }

    /** [call] as a future, as [requestAsync]. */
    public fun callAsync(call: OperationCall): CompletableFuture<OperationAnswer> = later { call(call) }

    /**
     * Calls an operation by its name, as [call] with an [OperationCall] of these does.
     *
     * @throws PinterestException as [call].
     */
    @JvmSynthetic
    public suspend fun call(
        operation: String,
        arguments: Map<String, Any?> = emptyMap(),
        body: Any? = null,
    ): OperationAnswer = call(OperationCall(operation, arguments, body))

    /**
     * The pages of an operation, each asked for when it is collected. Collecting anew begins anew; to stop collecting,
     * or to cancel it, ends the call under way. A bookmark that comes a second time is a [ProtocolException] behind its
     * page.
     */
    public fun pages(call: OperationCall): Flow<OperationAnswer> = flowOfPages(call)

    /**
     * The items of all pages of an operation, each as JSON text as it came; otherwise as [pages]. A page without a list
     * of items is a [ProtocolException].
     */
    public fun items(call: OperationCall): Flow<String> = flowOfItems(call)

    /** [pages] for a `for` of Java's; each page is asked for on the thread that comes to it. */
    public fun pagesBlocking(call: OperationCall): Iterable<OperationAnswer> = pagesInTurn(call)

    /** [items] for a `for` of Java's. */
    public fun itemsBlocking(call: OperationCall): Iterable<String> = itemsInTurn(call)

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
