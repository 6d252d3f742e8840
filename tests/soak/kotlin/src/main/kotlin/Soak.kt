// A worker of the soak test in Kotlin (see its README): uses the tokens of its accounts until its input ends.

import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import pinterest.sdk.*
import redis.clients.jedis.RedisClient

import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.concurrent.LinkedBlockingQueue
import kotlin.concurrent.thread
import kotlin.io.path.Path

/** What stands for the end of the input. */
private const val OVER = ""

private val http = HttpClient.newHttpClient()

fun main(arguments: Array<String>) = runBlocking<Unit> {
    val store = opened(arguments.first())
    val accounts = arguments.drop(1)
    val codes = LinkedBlockingQueue<String>()
    thread(isDaemon = true) {
        generateSequence(::readlnOrNull).forEach(codes::put)
        codes.put(OVER)
    }
    var used = 0
    ApiClient(Configuration.fromEnv()).use { client ->
        TokenManager(client, store, accounts.first()).use { manager ->
            var turn = 0
            while (codes.peek() != OVER) {
                val account = accounts[turn++ % accounts.size]
                val tokens = manager.account(account)
                try {
                    if (useOne(tokens)) used++
                } catch (exception: ReauthorizationRequiredException) {
                    println("login $account ${exception.line}")
                    val code = codes.take()
                    if (code == OVER) break
                    logIn(client, tokens, account, code)
                } catch (exception: PinterestException) {
                    fail(account, exception)
                }
                delay(5)
            }
        }
    }
    println("done $used")
}

/** The store of `file:FOLDER` or `redis://…`. */
private fun opened(store: String): Store {
    if (store.startsWith("file:")) return FileStore(Path(store.removePrefix("file:")))
    val jedis = RedisClient.create(store)
    return RedisStore { script, keys, args -> jedis.eval(script, keys, args) }
}

/** Uses a token; whether the API took it. One that it refused is given back. */
private suspend fun useOne(tokens: TokenManager): Boolean {
    val token = tokens.accessToken()
    val request = HttpRequest.newBuilder(URI(System.getenv("PINTEREST_API_URI") + "/v5/user_account"))
        .header("Authorization", "Bearer $token")
        .build()
    val status = try {
        http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
    } catch (_: IOException) {
        0 // The answer was cut off.
    }
    if (status == 401) tokens.invalidate(token)
    return status == 200
}

private suspend fun logIn(client: ApiClient, tokens: TokenManager, account: String, code: String) {
    try {
        val request = AuthorizationCode(code, "http://localhost:8085/")
        tokens.adopt(OauthApi(client).use { it.oauthToken(request) })
    } catch (exception: PinterestException) {
        fail(account, exception)
    }
}

private fun fail(account: String, exception: PinterestException) =
    println("failed $account ${exception.javaClass.simpleName.removeSuffix("Exception")} ${exception.line}")

private val PinterestException.line get() = message.orEmpty().lineSequence().first()
