plugins {
    // Version 9 and later compile Kotlin without a plugin of its own.
    id("com.android.library") version "9.0.0"
}

android {
    namespace = "pinterest.sdk"
    compileSdk = 36
    defaultConfig {
        // java.nio.file and java.time.
        minSdk = 26
        consumerProguardFiles("../src/main/resources/META-INF/proguard/pinterest-sdk.pro")
    }
    sourceSets.named("main") {
        kotlin.directories += listOf("../src/main/kotlin", "build/generated/uniffi")
        jniLibs.directories += "build/jniLibs"
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.10.2")
    implementation("androidx.annotation:annotation:1.9.1")
    implementation("net.java.dev.jna:jna:5.19.1@aar")
    // For programs that have it.
    compileOnly("com.squareup.okhttp3:okhttp:4.12.0")
}

// The native libraries and the generated Kotlin come first.
val buildNative by tasks.registering(Exec::class) { commandLine("./build-native") }
tasks.named("preBuild") { dependsOn(buildNative) }
