# Debian's Redis, which the tests of every language start for themselves.

REDIS := /usr/bin/redis-server

.PHONY: redis-server

redis-server: $(REDIS)

$(REDIS):
	@tools/step "installing Redis" tests/redis/install-redis
