package pinterest.sdk.internal

/** The native library: loaded once, at the first use; where that fails, each use says why. */
internal object NativeCode {
    @Suppress("TooGenericExceptionCaught") // JNA fails with errors and exceptions of many classes.
    private val failure: Throwable? = try {
        ofNoApplication {
            uniffiEnsureInitialized()
            readByReflection()
            CallQueue.load()
        }
        null
    } catch (failure: Throwable) {
        failure
    }

    /** Returns when calls can be made. */
    fun load() {
        failure?.let { throw doesNotLoad(it) }
    }

    /**
     * Threads that begin here, such as JNA's, outlive whoever happens to be first: where applications come and go, as in
     * Tomcat, they would keep its classes.
     */
    private fun ofNoApplication(load: () -> Unit) {
        val thread = Thread.currentThread()
        val application = thread.contextClassLoader
        thread.contextClassLoader = NativeCode::class.java.classLoader
        try {
            load()
        } finally {
            thread.contextClassLoader = application
        }
    }

    /** What JNA finds by name: in a jar that was shrunk without our rules it fails here, not within a call. */
    private fun readByReflection() {
        RustBuffer.ByValue().size()
        UniffiRustCallStatus().size()
    }
}
