package pinterest.sdk

import java.nio.file.Path

/** Where the keys come from that encrypt a [FileStore]: [KeyFile], [KeyVariable], or a [KeyFunction]. */
public sealed interface KeySource

/**
 * Keys in a file: one of 32 bytes, or one a line in Base64, as `openssl rand -base64 32` makes them. The first encrypts;
 * those after it, which were first before, only decrypt.
 *
 * @property path the file; it is read when the keys are needed.
 */
public class KeyFile(public val path: Path) : KeySource {
    override fun equals(other: Any?): Boolean = other is KeyFile && other.path == path

    override fun hashCode(): Int = path.hashCode()

    override fun toString(): String = describe("KeyFile", "path" to path)
}

/**
 * Keys in an environment variable, in Base64, in the order of [KeyFile], with a comma or space between.
 *
 * @property name the variable's name; it is read when the keys are needed.
 */
public class KeyVariable(public val name: String) : KeySource {
    override fun equals(other: Any?): Boolean = other is KeyVariable && other.name == name

    override fun hashCode(): Int = name.hashCode()

    override fun toString(): String = describe("KeyVariable", "name" to name)
}

/** Keys from wherever a program has them, such as the system's key store. */
public fun interface KeyFunction : KeySource {
    /**
     * The keys, of 32 random bytes each, in the order of [KeyFile]; at least one. Called when they are needed first, on a
     * thread that may be blocked, for 25 seconds at most. What it throws is the cause of the [StoreException] that comes
     * of it.
     */
    public fun keys(): List<ByteArray>
}
