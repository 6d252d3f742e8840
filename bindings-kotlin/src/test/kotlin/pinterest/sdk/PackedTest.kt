package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.w3c.dom.NodeList
import java.io.File
import java.util.jar.JarFile
import javax.xml.parsers.DocumentBuilderFactory
import javax.xml.xpath.XPathConstants.NODESET
import javax.xml.xpath.XPathFactory

/** The three jars as they are published, and the folder for those who have no Maven. */
internal class PackedTest {
    private val jar = File(ApiClient::class.java.protectionDomain.codeSource.location.toURI()).path.removeSuffix(".jar")

    @Test
    fun `the jar holds licence, notice and rules`() {
        val texts = texts("$jar.jar")
        for (file in listOf("LICENSE", "NOTICE")) assertEquals(File("../$file").readText(), texts("META-INF/$file"))
        assertTrue("-keep class com.sun.jna" in texts("META-INF/proguard/pinterest-sdk.pro"))
    }

    /** https://central.sonatype.org/publish/requirements: what it wants of a POM, and nothing of how the jar is made. */
    @Test
    fun `the POM is what Central asks for`() {
        val pom = texts("$jar.jar")("META-INF/maven/pinterest/pinterest-sdk/pom.xml")
        val document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.byteInputStream())
        val xpath = XPathFactory.newInstance().newXPath()
        val wanted = listOf("groupId", "artifactId", "version", "name", "description", "url", "licenses/license/name") +
            listOf("licenses/license/url", "developers/developer/name", "scm/connection", "scm/developerConnection") +
            listOf("scm/url")
        assertEquals(emptyList<String>(), wanted.filter { xpath.evaluate("/project/$it", document).isBlank() })
        assertFalse("\${" in pom, pom)
        assertEquals("", xpath.evaluate("/project/build | /project/profiles | /project/properties", document))
        val named = xpath.evaluate(
            "/project/dependencies/dependency[not(optional = 'true')]/artifactId",
            document,
            NODESET,
        ) as NodeList
        val needed = listOf("kotlin-stdlib", "kotlinx-coroutines-core-jvm", "jna")
        assertEquals(needed, List(named.length) { named.item(it).textContent })
    }

    @Test
    fun `the sources are where a development environment looks for them`() {
        val texts = texts("$jar-sources.jar")
        for (folder in listOf("src/main/kotlin", "src/jvm/kotlin")) {
            val sources = File(folder).walk().filter { it.extension == "kt" }
            for (source in sources) assertEquals(source.readText(), texts(source.toRelativeString(File(folder))))
        }
        assertTrue("class NativeClient" in texts("pinterest/sdk/internal/pinterest_sdk_ffi.kt"))
        val others = names("$jar-sources.jar").filterNot { it.endsWith(".kt") || it.endsWith("/") || "META-INF/" in it }
        assertEquals(emptyList<String>(), others)
    }

    @Test
    fun `the documentation is that of what people use`() {
        assertTrue("a token for a grant" in texts("$jar-javadoc.jar")("pinterest/sdk/OauthApi.html"))
        assertEquals(emptyList<String>(), names("$jar-javadoc.jar").filter { "internal/" in it })
    }

    @Test
    fun `the folder holds what a program needs and nothing of the examples`() {
        val files = File("../build/kotlin").list().orEmpty().map { it.replace(Regex("-[0-9.]+(?=[-.])"), "") }
        val libraries = listOf("annotations.jar", "jna.jar", "kotlin-stdlib.jar", "kotlinx-coroutines-core-jvm.jar")
        val ours = listOf("LICENSE", "NOTICE", "installed", "pinterest-sdk-sources.jar", "pinterest-sdk.jar")
        assertEquals((libraries + ours).sorted(), files.sorted())
    }

    private fun names(path: String) = JarFile(path).use { open -> open.stream().map { it.name }.toList() }

    private fun texts(path: String): (String) -> String = { name ->
        JarFile(path).use { open -> open.getInputStream(open.getEntry(name)).bufferedReader().readText() }
    }
}
