import kotlinx.coroutines.suspendCancellableCoroutine
import okhttp3.Call
import okhttp3.Callback
import okhttp3.ConnectionPool
import okhttp3.Credentials
import okhttp3.Dispatcher
import okhttp3.FormBody
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response
import pinterest.sdk.ApiClient
import pinterest.sdk.ClientCredentials
import pinterest.sdk.Configuration
import pinterest.sdk.OauthApi
import java.io.IOException
import java.util.concurrent.TimeUnit
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException

internal const val SECRET = "0123456789abcdef0123456789abcdef01234567"
internal const val SCOPE = "user_accounts:read"

/** A way to make the one call that is measured: a token for client credentials. */
interface Client : AutoCloseable {
    fun blocking()

    suspend fun suspending()
}

/** The SDK: parses the answer into its model. */
class Ours(host: String) : Client {
    private val client = ApiClient(Configuration("1234567", SECRET, host = "$host/v5"))
    private val api = OauthApi(client)
    private val request = ClientCredentials(SCOPE)

    override fun blocking() = check(api.oauthTokenBlocking(request).expiresIn != null)

    override suspend fun suspending() = check(api.oauthToken(request).expiresIn != null)

    override fun close() = client.close()
}

/** OkHttp by hand, as far as the answer's text. */
class Theirs(private val host: String) : Client {
    // Its defaults are 5 calls at once to a host, and 5 idle connections.
    private val client = OkHttpClient.Builder()
        .dispatcher(Dispatcher().apply { maxRequestsPerHost = maxRequests })
        .connectionPool(ConnectionPool(64, 5, TimeUnit.MINUTES))
        .build()

    override fun blocking() = client.newCall(request()).execute().use { check("expires_in" in it.body.string()) }

    override suspend fun suspending() =
        client.newCall(request()).await().use { check("expires_in" in it.body.string()) }

    override fun close() = client.dispatcher.executorService.shutdown()

    private fun request() = Request.Builder()
        .url("$host/v5/oauth/token")
        .header("Authorization", Credentials.basic("1234567", SECRET))
        .header("Accept", "application/json")
        .post(FormBody.Builder().add("grant_type", "client_credentials").add("scope", SCOPE).build())
        .build()
}

/** As OkHttp's users write it. */
private suspend fun Call.await(): Response = suspendCancellableCoroutine { continuation ->
    continuation.invokeOnCancellation { cancel() }
    enqueue(
        object : Callback {
            override fun onResponse(call: Call, response: Response) = continuation.resume(response)

            override fun onFailure(call: Call, e: IOException) = continuation.resumeWithException(e)
        },
    )
}

/** The client of that name. */
fun client(name: String, host: String): Client = if (name == "ours") Ours(host) else Theirs(host)
