package pinterest.sdk

import com.google.gson.JsonArray
import com.google.gson.JsonNull
import com.google.gson.JsonObject
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import org.junit.jupiter.api.TestInstance
import java.io.File
import kotlin.time.measureTimedValue

/** Runs every case of `tests/vectors`. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
internal class VectorsTest {
    private var held = 0
    private var ran = 0

    @TestFactory
    fun cases(): List<DynamicTest> =
        checkNotNull(File("../tests/vectors").listFiles { file -> file.extension == "json" })
            .sorted()
            .flatMap { file ->
                val text = file.readText()
                // Counted apart from the parser, so that a case it loses is missed.
                held += Regex("^    \"name\": ", RegexOption.MULTILINE).findAll(text).count()
                readCases(text)
            }.map { case -> DynamicTest.dynamicTest(case.name) { assertEquals(emptyList<String>(), problems(case)) } }

    @AfterAll
    fun noneSkipped() {
        assertEquals(held, ran)
    }

    private fun problems(case: VectorCase): List<String> = buildList {
        ran++
        Sandbox.reset()
        for (step in case.server.list("setup")) {
            val (method, path, body) = (step as JsonArray).toList()
            Sandbox.control(method.asString, path.asString, body)
        }
        case.server.any("respond")?.let { Sandbox.control("POST", "/_sandbox/script", it) }

        val (result, time) = measureTimedValue { runCatching { call(case) } }
        if (case.times == 1 && time > case.limit) add("took $time")
        val shown = result.fold({ (response, _) -> "$response ${response.data}" }, { it.everyText() })
        case.canary.filter { it in shown }.forEach { add("shows $it") }
        addAll(
            result.fold({ (response, fields) ->
                responseProblems(case, response, fields)
            }, { errorProblems(case, it) }),
        )

        val arrived = Sandbox.requests()
        if (case.server.has("expect")) addAll(requestProblems(case.server.list("expect"), arrived))
        case.server.any("connections")?.let {
            val connections = arrived.map { request -> request["connection"] }.distinct().size
            if (connections != it.asInt) add("$connections connections, not $it")
        }
    }

    private fun call(case: VectorCase) = ApiClient(case.configuration()).use { client ->
        runBlocking {
            repeat(case.times - 1) {
                case.call(client)
                delay(case.pause)
            }
            case.call(client)
        }
    }

    private fun responseProblems(case: VectorCase, response: ApiResponse<*>, fields: JsonObject): List<String> =
        buildList {
            if (case.expectedError != null) add("succeeded")
            if (case.expectedText != null && case.expectedText != response.data) add("the text is ${response.data}")
            for ((name, expected) in case.expectedResponse.entrySet()) {
                val actual = fields[name] ?: JsonNull.INSTANCE
                if (actual != expected) add("$name is $actual, not $expected")
            }
            if (case.expectedStatus != null &&
                case.expectedStatus != response.status
            ) {
                add("status is ${response.status}")
            }
        }

    private fun errorProblems(case: VectorCase, failure: Throwable): List<String> = if (failure is PinterestException) {
        case.expectedError?.problems(failure) ?: listOf("failed: $failure")
    } else {
        listOf("not a PinterestException: ${failure.stackTraceToString()}")
    }
}
