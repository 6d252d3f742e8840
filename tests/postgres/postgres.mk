# Debian's PostgreSQL, which the tests of Python and of Kotlin start for themselves. Its folder has its version's name.

.PHONY: postgres-server

postgres-server:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || tools/step "installing PostgreSQL" tests/postgres/install-postgres
