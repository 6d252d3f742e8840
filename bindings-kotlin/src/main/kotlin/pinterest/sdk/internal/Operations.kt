package pinterest.sdk.internal

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.transform
import pinterest.sdk.ApiClient
import pinterest.sdk.Checks
import pinterest.sdk.ItemFailure
import pinterest.sdk.Operation
import pinterest.sdk.OperationAnswer
import pinterest.sdk.OperationCall

internal fun foundOperation(name: String): Operation =
    withPinterestExceptions { findOperation(HiddenText(name)).toOperation() }

internal fun describedOperations(): List<Operation> =
    withPinterestExceptions { allOperations().map { it.toOperation() } }

internal fun operationsRelease(): String = withPinterestExceptions { operationsVersion() }

/** An operation by its name. */
internal suspend fun CoreClient.perform(call: OperationCall): OperationAnswer {
    val outcome = call.withTokensSettled { CallQueue.make(number, NativeCall.Operation(call.toNative())) }
    return (outcome as NativeOutcome.OperationAnswer).answer.toAnswer()
}

internal fun ApiClient.flowOfPages(call: OperationCall): Flow<OperationAnswer> = turning(call) { page() }

internal fun ApiClient.flowOfItems(call: OperationCall): Flow<String> =
    turning(call) { items() }.transform { items -> items.forEach { emit(it) } }

internal fun ApiClient.pagesInTurn(call: OperationCall): Iterable<OperationAnswer> =
    Iterable { PagesInTurn(open(), call) { page()?.let(::listOf) } }

internal fun ApiClient.itemsInTurn(call: OperationCall): Iterable<String> =
    Iterable { PagesInTurn(open(), call) { items() } }

private fun <T : Any> ApiClient.turning(call: OperationCall, turn: suspend CorePages.() -> T?): Flow<T> = flow {
    CorePages(open(), call).use { pages ->
        while (true) emit(pages.suspending(turn) ?: break)
    }
}

/** The pages of an operation; nothing is asked for yet. */
private class CorePages(private val client: CoreClient, private val call: OperationCall) : AutoCloseable {
    private val native = withPinterestExceptions { NativePages(client.native, call.toNative()) }
    private val number = native.number()

    /** The next page; null after the last. */
    suspend fun page(): OperationAnswer? = turn<NativeOutcome.Page>(NativeCall.NextPage(number)).page?.toAnswer()

    /** The items of the next page, each as it came. */
    suspend fun items(): List<String>? = turn<NativeOutcome.Items>(NativeCall.NextItems(number)).items?.map { it.text }

    private suspend inline fun <reified T : NativeOutcome> turn(turn: NativeCall): T =
        call.withTokensSettled { CallQueue.make(client.number, turn) as T }

    override fun close() {
        native.close()
    }
}

/** What is on each page, one page after the other, each asked for on the thread that comes to it. */
private class PagesInTurn<T>(
    client: CoreClient,
    call: OperationCall,
    private val turn: suspend CorePages.() -> List<T>?,
) : Iterator<T> {
    private val pages = CorePages(client, call)
    private var ready = emptyList<T>().iterator()
    private var isOver = false

    override fun hasNext(): Boolean {
        while (!ready.hasNext() && !isOver) {
            val next = pages.blocking(turn)
            ready = next.orEmpty().iterator()
            isOver = next == null
        }
        if (isOver) pages.close()
        return ready.hasNext()
    }

    override fun next(): T = if (hasNext()) ready.next() else throw NoSuchElementException()
}

/** The core may have had the token renewed meanwhile, so what is known of it here counts no more. */
private inline fun <T> OperationCall.withTokensSettled(work: () -> T): T = try {
    work()
} finally {
    tokens?.settle()
}

private fun OperationCall.toNative() = NativeOperationCall(
    name = HiddenText(operation),
    arguments = HiddenText(jsonText(arguments, "arguments")),
    body = body?.let { HiddenText(it as? String ?: jsonText(it, "body")) },
    checks =
    when (checks) {
        Checks.OFF -> NativeChecks.OFF
        Checks.USUAL -> NativeChecks.USUAL
        Checks.STRICT -> NativeChecks.STRICT
    },
    tokens = tokens?.toNative(),
    options = options.toNative(),
)

private fun NativeOperation.toOperation() = Operation(
    name,
    method,
    path,
    tag,
    rate,
    inSandbox,
    deprecated,
    hasPages,
    credentials.map { Operation.Credential(Operation.CredentialKind.valueOf(it.kind), it.scopes) },
    parameters.map { Operation.Parameter(it.name, it.inPath, it.required, it.kind, it.default) },
    body?.run { Operation.Body(form, required, kind) },
    answer,
)

private fun NativeOperationAnswer.toAnswer(): OperationAnswer {
    val response = answer.http.toResponse(answer.json?.text)
    return OperationAnswer(
        response.data,
        response.status,
        response.headers,
        response.rateLimit,
        failures.map { ItemFailure(it.place, it.item?.toInt(), it.code, it.message?.text, it.json.text) },
    )
}
