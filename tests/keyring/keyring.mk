# A keyring as desktops have it (Secret Service), which the tests start for themselves.

SECRET_SERVICE := /usr/bin/gnome-keyring-daemon

.PHONY: secret-service

secret-service: $(SECRET_SERVICE)

$(SECRET_SERVICE):
	@tools/step "installing a keyring" tests/keyring/install-secret-service
