# The Kotlin face: a jar with its native library, and an example that depends on it as a user's program does.

# A local repository of our own: nothing is installed outside this folder. Incremental: what the jar was built of is not
# compiled once more where it is tested.
MVN := mvn --batch-mode --quiet -Dkotlin.compiler.daemon=false -Dkotlin.compiler.incremental=true -Dmaven.repo.local="$(CURDIR)/.tools/m2"
COPY_DEPENDENCIES := org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies

KOTLIN_SOURCES := $(wildcard bindings-kotlin/src/*.rs core/src/*.rs core/src/*/*.rs) \
	$(shell find bindings-kotlin/src/main bindings-kotlin/src/jvm -type f) \
	bindings-kotlin/Cargo.toml core/Cargo.toml Cargo.toml Cargo.lock \
	bindings-kotlin/build-native bindings-kotlin/build-generator bindings-kotlin/generated.sed bindings-kotlin/uniffi.toml bindings-kotlin/pom.xml

.PHONY: build-kotlin build-generator build-kotlin-example build-web-kotlin run-demo-kotlin lint-kotlin bench-kotlin

build-kotlin: build/kotlin/installed ; @:

build-generator:
	@tools/step "building what writes the library's Kotlin side" bindings-kotlin/build-generator

# What a program needs on its class path ends up in build/kotlin, and the jar's sources. Its documentation is left
# to `mvn verify`, for it takes long.
build/kotlin/installed: $(KOTLIN_SOURCES) $(BUILD_KIND)
	@tools/step "building the native library and its Kotlin side" bindings-kotlin/build-native $(ONE_BUILD)
	@tools/step "building the jar" $(MVN) -f bindings-kotlin -Dexec.skip -Dmaven.test.skip install
	@rm -rf build/kotlin && mkdir -p build/kotlin
	@tools/step "collecting what the jar needs" $(MVN) -f bindings-kotlin $(COPY_DEPENDENCIES) -DincludeScope=runtime \
		-DoutputDirectory="$(CURDIR)/build/kotlin"
	@cp bindings-kotlin/target/pinterest-sdk-*[0-9].jar bindings-kotlin/target/pinterest-sdk-*-sources.jar LICENSE NOTICE build/kotlin/
	@touch $@

build-kotlin-example: build/examples/kotlin/installed ; @:

# The example with all that it needs: java -cp 'build/examples/kotlin/*' ThreeGrantsKt
build/examples/kotlin/installed: build/kotlin/installed $(shell find examples/kotlin/src -type f) examples/kotlin/pom.xml
	@rm -rf $(@D) && mkdir -p $(@D)
	@tools/step "building the Kotlin example" $(MVN) -f examples/kotlin package $(COPY_DEPENDENCIES) \
		-DoutputDirectory="$(CURDIR)/$(@D)"
	@cp examples/kotlin/target/three-grants-1.0.jar $(@D)/
	@touch $@

build-web-kotlin: build/examples/ktor/installed ; @:

# Afterwards java -cp 'build/examples/ktor/*' AppKt starts the server.
build/examples/ktor/installed: build/kotlin/installed $(shell find examples/web/ktor/src -type f) examples/web/ktor/pom.xml
	@rm -rf $(@D) && mkdir -p $(@D)
	@tools/step "building the example of a web server in Kotlin" $(MVN) -f examples/web/ktor package \
		$(COPY_DEPENDENCIES) -DoutputDirectory="$(CURDIR)/$(@D)"
	@cp examples/web/ktor/target/connect-with-pinterest-1.0.jar $(@D)/
	@touch $@

run-demo-kotlin: build-kotlin-example
	@java -cp 'build/examples/kotlin/*' ThreeGrantsKt

lint-kotlin:
	@tools/step "linting Kotlin (ktlint)" $(MVN) -f bindings-kotlin/lint exec:exec

test-kotlin: lint-kotlin
suite-kotlin: build-kotlin build-kotlin-example build-web-kotlin postgres-server $(SANDBOX)
	@tools/step "testing the jar" $(MVN) -f bindings-kotlin -Dexec.skip verify
	@tools/step "using the jar from the oldest Kotlin" $(MVN) -f bindings-kotlin/oldest verify
	@tools/step "running the Kotlin example" tools/with-sandbox --code test-kotlin env PINTEREST_CODE=test-kotlin \
		$(MAKE) --no-print-directory run-demo-kotlin

bench-kotlin: build-kotlin $(SANDBOX)
	@tools/step "building the Kotlin benchmark" $(MVN) -f tests/bench/kotlin package $(COPY_DEPENDENCIES)
	@mkdir -p build/bench
	@tools/step "measuring the jar beside OkHttp" java -cp 'tests/bench/kotlin/target/*:tests/bench/kotlin/target/dependency/*' \
		BenchKt build/bench/kotlin.json
