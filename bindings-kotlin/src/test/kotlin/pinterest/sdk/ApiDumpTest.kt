package pinterest.sdk

import kotlinx.validation.api.dump
import kotlinx.validation.api.filterOutNonPublic
import kotlinx.validation.api.loadApiFromJvmClasses
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.io.File
import java.util.jar.JarFile
import kotlin.io.path.Path
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** What programs are compiled against: every public name of the jar, as `api/pinterest-sdk.api` has it. */
internal class ApiDumpTest {
    private val kept = Path("api/pinterest-sdk.api")

    @Test
    fun `the jar has the names that are kept`() {
        val jar = JarFile(File(ApiClient::class.java.protectionDomain.codeSource.location.toURI()))
        val dump = jar.use { it.loadApiFromJvmClasses().filterOutNonPublic().dump(StringBuilder()).toString() }
        if (System.getenv("PINTEREST_UPDATE_API") != null) kept.writeText(dump)
        assertEquals(kept.readText(), dump, "added names: PINTEREST_UPDATE_API=yes; a line less breaks programs")
    }
}
