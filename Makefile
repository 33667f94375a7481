# Parley. `make` alone lists what there is to do.

# One setting of each for every target: changing GOFLAGS or cgo between them would compile everything anew.
export CGO_ENABLED := 0
export GOFLAGS ?= -buildvcs=false

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
# Without symbols the program is a quarter smaller; panics name their lines all the same.
LDFLAGS := -s -w -X main.version=$(VERSION)

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0

# How long and how hard; give another number to go further, as in `make fuzz FUZZTIME=1h`.
FUZZTIME ?= 20s
CRASH_ROUNDS ?= 100
NODE_ROUNDS ?= 50
WEBHOOKS ?= 100000
CLOCKS ?= 100000

FRONT := web/app web/widget
NODE_ROOMS := $(FRONT) e2e
# Makes the front end's types from web/openapi.json, with a compiler of its own.
NODE_TOOLS := web/tools

# The front end needs Node 20 or later. Without it the program is built with a page that says so.
NODE := $(shell node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && command -v npm)

.DEFAULT_GOAL := help
.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## build what is missing, start on SQLite in ./data (or PARLEY_DATA), print the address
	@exec bin/parley serve

.PHONY: build
build: front ## build bin/parley, the front end included
	go build -ldflags '$(LDFLAGS)' -o bin/parley ./cmd/parley

.PHONY: test
test: ## run every test, on both databases and in a browser; installs what it needs when it may
	@scripts/test

.PHONY: race
race: bin/testservers ## run the Go tests under the race detector (needs gcc)
	CGO_ENABLED=1 bin/testservers run -- go test -race -timeout 30m $$(go list ./... | grep -v '/faults$$')

.PHONY: lint
lint: modules ## gofmt, go vet, staticcheck, biome and the TypeScript compiler
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); test -z "$$unformatted" || { echo "not formatted:" $$unformatted; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	$(call each-room,run check)

.PHONY: fmt
fmt: modules ## format Go and TypeScript
	gofmt -w $$(git ls-files '*.go')
	$(call each-room,run fmt)

.PHONY: generate
generate: modules ## write generated files anew
	go generate ./...
	$(call in-tools,run generate)

.PHONY: verify
verify: ## check generated files, the rooms' imports, file sizes and that no machine's path is committed
	@scripts/verify

.PHONY: fuzz
fuzz: ## run every fuzz target for FUZZTIME each
	@scripts/fuzz $(FUZZTIME)

.PHONY: e2e
e2e: build ## drive the newcomer's story in a real browser and take the screenshots
	PARLEY_TEST_REQUIRE=1 E2E_PICTURES=$(CURDIR)/docs/images go test -count=1 -v ./e2e/...

.PHONY: bench
bench: bin/testservers ## measure speed and cost per message on both databases
	PARLEY_TEST_REQUIRE=1 bin/testservers -fsync on run -- go test -run '^$$' -bench . -benchtime 1x -timeout 2h ./bench/...

.PHONY: budgets
budgets: front ## hold the page to its budgets with 100,000 conversations, on a machine that does nothing else
	PARLEY_TEST_REQUIRE=1 PARLEY_SLACK=1 go test -count=1 -v -run '^TestChecks$$' ./e2e/

.PHONY: faults
faults: bin/testservers ## kill the program CRASH_ROUNDS times under load on each database, break two nodes NODE_ROUNDS times, push WEBHOOKS webhooks ten times each, and let CLOCKS clocks run
	PARLEY_TEST_REQUIRE=1 PARLEY_CRASH_ROUNDS=$(CRASH_ROUNDS) PARLEY_NODE_ROUNDS=$(NODE_ROUNDS) PARLEY_WEBHOOKS=$(WEBHOOKS) PARLEY_CLOCKS=$(CLOCKS) bin/testservers -fsync on run -- go test -count=1 -v -timeout 4h ./faults/...

.PHONY: clean
clean: ## remove what was built; ./data stays
	rm -rf bin $(addsuffix /node_modules,$(NODE_ROOMS) $(NODE_TOOLS)) web/*/dist/*

# The pieces below are built when their sources are newer.

.PHONY: front modules
ifeq ($(NODE),)
front modules:
	@echo "Node 20 or later was not found: the page is left as it is. Install nodejs and npm to build it." >&2
each-room = true
in-tools = true
else
front: $(addsuffix /node_modules/.built,$(FRONT))
modules: $(addsuffix /node_modules/.installed,$(NODE_ROOMS) $(NODE_TOOLS))
in-tools = npm --prefix $(NODE_TOOLS) $(1)
each-room = for room in $(NODE_ROOMS); do npm --prefix $$room $(1) || exit 1; done
endif

%/node_modules/.installed: %/package-lock.json %/package.json
	npm --prefix $* ci --no-audit --no-fund
	@touch $@

front-sources = $(shell find $(1) -type f -not -path '*/node_modules/*' -not -name '*.go' -not -name '*.test.ts*' 2>/dev/null)

web/app/node_modules/.built: web/app/node_modules/.installed $(call front-sources,web/app)
	npm --prefix web/app run build
	@touch $@

web/widget/node_modules/.built: web/widget/node_modules/.installed $(call front-sources,web/widget)
	npm --prefix web/widget run build
	@touch $@

.PHONY: bin/testservers
bin/testservers:
	@go build -o $@ ./internal/testenv/cmd/testservers
