# The same tests on a machine that is set up otherwise.

.PHONY: test-elsewhere

test-elsewhere: build-cli redis-server secret-service $(SANDBOX) $(CLI_TOOLS)/installed
	@tools/step "testing as on a machine that is set up otherwise" tests/elsewhere/run $(ONE_BUILD)
