// KeptTokens.kt with a store of its own: a table of PostgreSQL, for programs on any number of machines.
//
//   create table pinterest_tokens (key text primary key, text text not null);
//
// Reads DATABASE_URL (jdbc:postgresql://…), PINTEREST_APP_ID and PINTEREST_APP_SECRET, PINTEREST_CODE the first time, and
// PINTEREST_API_URI if it differs from the default.

import org.postgresql.ds.PGSimpleDataSource
import pinterest.sdk.ApiClient
import pinterest.sdk.AuthorizationCode
import pinterest.sdk.Configuration
import pinterest.sdk.LockedStore
import pinterest.sdk.OauthApi
import pinterest.sdk.PinterestException
import pinterest.sdk.StoreLock
import pinterest.sdk.TokenManager
import pinterest.sdk.TokenStore
import java.sql.Connection
import javax.sql.DataSource
import kotlin.system.exitProcess

suspend fun main() {
    val database = PGSimpleDataSource().apply { setUrl(System.getenv("DATABASE_URL")) }
    try {
        ApiClient(Configuration.fromEnv()).use { client ->
            TokenManager(client, PostgresStore(database), "shop-1").use { tokens ->
                System.getenv("PINTEREST_CODE")?.let { code ->
                    tokens.adopt(OauthApi(client).oauthToken(AuthorizationCode(code, "http://localhost:8085/")))
                }
                println("a token of ${tokens.accessToken().length} characters")
                println(tokens.status().state)
            }
        }
    } catch (exception: PinterestException) {
        System.err.println(exception.message)
        exitProcess(1)
    }
}

/** A row an account. All of it may block: the SDK calls it on threads that may. */
class PostgresStore(private val database: DataSource) : TokenStore {
    override suspend fun load(key: String): String? = database.connection.use { it.load(key) }

    override suspend fun compareAndSwap(key: String, expected: String?, new: String?): Boolean =
        database.connection.use { it.compareAndSwap(key, expected, new) }

    /** The database gives the lock up with the connection, however the process ends. */
    override suspend fun lock(key: String, seconds: Long): StoreLock {
        val connection = database.connection
        try {
            // A lock of the session and not of a transaction: what is written under it is to last at once.
            connection.run("set lock_timeout = '${seconds}s'")
            connection.run("select pg_advisory_lock(hashtextextended(?, 0))", key)
        } catch (failure: Throwable) {
            // A pool keeps the connection open.
            connection.use { runCatching { it.run("reset lock_timeout") } }
            throw failure
        }
        return Held(connection, key)
    }

    /** Over the connection that has the lock: where that is lost, nothing is written any more. */
    private class Held(private val connection: Connection, private val key: String) : LockedStore {
        override suspend fun load(): String? = connection.load(key)

        override suspend fun compareAndSwap(expected: String?, new: String?): Boolean =
            connection.compareAndSwap(key, expected, new)

        override suspend fun release() = connection.use {
            // A pool keeps the connection open.
            it.run("select pg_advisory_unlock_all()")
            it.run("reset lock_timeout")
            Unit
        }
    }
}

private fun Connection.load(key: String): String? =
    prepareStatement("select text from pinterest_tokens where key = ?").use { statement ->
        statement.setString(1, key)
        statement.executeQuery().use { if (it.next()) it.getString(1) else null }
    }

private fun Connection.compareAndSwap(key: String, expected: String?, new: String?): Boolean = when {
    expected == null && new == null -> load(key) == null
    expected == null -> run("insert into pinterest_tokens values (?, ?) on conflict do nothing", key, new) == 1
    new == null -> run("delete from pinterest_tokens where key = ? and text = ?", key, expected) == 1
    else -> run("update pinterest_tokens set text = ? where key = ? and text = ?", new, key, expected) == 1
}

/** How many rows a statement changed. */
private fun Connection.run(sql: String, vararg values: String?): Int = prepareStatement(sql).use { statement ->
    values.forEachIndexed { at, value -> statement.setString(at + 1, value) }
    statement.execute()
    statement.updateCount
}
