# The same tests on a machine that is set up otherwise.

test-elsewhere: build-tests
suite-elsewhere: build-cli redis-server secret-service $(SANDBOX) $(CLI_TOOLS)/installed
	@tools/step "testing as on a machine that is set up otherwise" tests/elsewhere/run $(RUST_TESTS)
