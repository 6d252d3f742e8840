package pinterest.sdk.internal

/** The native library: loaded once, at the first use; where that fails, each use says why. */
internal object NativeCode {
    @Suppress("TooGenericExceptionCaught") // JNA fails with errors and exceptions of many classes.
    private val failure: Throwable? = try {
        uniffiEnsureInitialized()
        readByReflection()
        CallQueue.load()
        null
    } catch (failure: Throwable) {
        failure
    }

    /** Returns when calls can be made. */
    fun load() {
        failure?.let { throw doesNotLoad(it) }
    }

    /** What JNA finds by name: in a jar that was shrunk without our rules it fails here, not within a call. */
    private fun readByReflection() {
        RustBuffer.ByValue().size()
        UniffiRustCallStatus().size()
    }
}
