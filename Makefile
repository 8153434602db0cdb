# Hookline: the menu. `make demo` and `make test` do all set-up themselves.

SWIFT ?= swift
PREFIX ?= /usr/local
# Without debug information, which takes a twelfth of the build. With the standard library inside, the program starts in two thirds of the
# time, and needs no Swift where it runs; Apple's systems have the library.
RELEASE = -c release -debug-info-format none $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
DEBIAN_PACKAGES = liblua5.4-dev libsqlite3-dev libarchive-dev zlib1g-dev libssl-dev libpq-dev pkg-config
HOMEBREW_PACKAGES = lua sqlite libarchive openssl@3 libpq pkgconf

.PHONY: help setup demo build test check format bench bench-large bench-hooks bench-programs soak install clean duckdb adbc cronsim

help:
	@echo "make demo      set up, make a debug build (which make test uses, too), run the shipped workspace against the simulator"
	@echo "make test      set up, run all tests"
	@echo "make check     set up, lint the format, build with warnings as errors, check imports"
	@echo "make bench     set up, measure beside peers and floors; make bench-hooks measures hooks, make bench-large 10 and 30 million rows"
	@echo "make soak      set up, play SEEDS (100000) episodes of faults, deaths and tampering; about 20 ms each"
	@echo "make install   build for release and copy hookline, its manual page, and completions below PREFIX ($(PREFIX))"
	@echo "make format    rewrite the sources in the house format"
	@echo "make setup     install the system packages that are missing"

setup:
	@command -v $(SWIFT) >/dev/null || { echo "setup: no '$(SWIFT)' on the PATH; install Swift 6.3 from https://www.swift.org/install"; exit 1; }
	@if command -v dpkg-query >/dev/null; then \
	  missing=""; \
	  for package in $(DEBIAN_PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    echo "setup: installing$$missing"; \
	    if [ "$$(id -u)" = 0 ]; then sudo=""; \
	    elif command -v sudo >/dev/null; then sudo="sudo"; \
	    else echo "setup: not root and no sudo; as root run: apt-get install$$missing"; exit 1; fi; \
	    $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null \
	      || { echo "setup: apt-get could not install$$missing"; exit 1; }; \
	  fi; \
	elif [ "$$(uname)" = Darwin ]; then \
	  echo "setup: on macOS run: brew install $(HOMEBREW_PACKAGES)"; \
	else \
	  echo "setup: not Debian; needed are, under this system's names: $(DEBIAN_PACKAGES)"; \
	fi

build: setup
	$(SWIFT) build $(RELEASE) --product hookline

# A debug build takes half the time of a release build, and is the one that the tests use.
demo: setup
	$(SWIFT) build --product hookline
	@.build/debug/hookline demo

# The tests start a PostgreSQL server of their own, with a certificate that openssl makes, and read it through its ODBC driver, too.
test soak: DEBIAN_PACKAGES += postgresql openssl unixodbc odbc-postgresql
test soak: HOMEBREW_PACKAGES += postgresql@17 duckdb unixodbc psqlodbc

# The tests read with DuckDB's program, which Debian does not have: its wheel from PyPI, unpacked here.
DUCKDB_VERSION = 1.5.6
HOOKLINE_DUCKDB ?= $(shell command -v duckdb 2>/dev/null || echo $(CURDIR)/.tools/duckdb/duckdb_cli/duckdb)
test duckdb adbc cronsim: DEBIAN_PACKAGES += python3-pip

duckdb: setup
	@if [ ! -x "$(HOOKLINE_DUCKDB)" ] && [ "$$(uname)" != Darwin ]; then \
	  echo "duckdb: installing duckdb-cli $(DUCKDB_VERSION) into .tools"; \
	  python3 -m pip install --quiet --no-deps --only-binary :all: --upgrade --target .tools/duckdb "duckdb-cli==$(DUCKDB_VERSION)" \
	    || { echo "duckdb: pip could not install it; set HOOKLINE_DUCKDB to the path of a duckdb"; exit 1; }; \
	  chmod +x .tools/duckdb/duckdb_cli/duckdb; \
	fi

# Drivers of ADBC, from PyPI, too: two are tested with their databases, two can only be loaded here.
ADBC_DRIVERS = adbc-driver-postgresql==1.13.0 adbc-driver-sqlite==1.13.0 adbc-driver-snowflake==1.11.0 adbc-driver-bigquery==1.11.0
HOOKLINE_ADBC ?= $(CURDIR)/.tools/adbc

adbc: setup
	@for driver in $(ADBC_DRIVERS); do \
	  name=$${driver%%==*}; name=$${name##*-}; \
	  if [ ! -e "$(HOOKLINE_ADBC)/adbc_driver_$$name/libadbc_driver_$$name.so" ]; then \
	    echo "adbc: installing $$driver into $(HOOKLINE_ADBC)"; \
	    python3 -m pip install --quiet --no-deps --only-binary :all: --upgrade --target "$(HOOKLINE_ADBC)" "$$driver" \
	      || { echo "adbc: pip could not install it; set HOOKLINE_ADBC to a folder that has it"; exit 1; }; \
	  fi; \
	done

# Cron lines are compared with those of CronSim, which follows Debian's cron.
cronsim: setup
	@if [ ! -d .tools/cronsim ]; then \
	  echo "cronsim: installing it into .tools"; \
	  python3 -m pip install --quiet --no-deps --only-binary :all: --target .tools/cronsim cronsim==2.8 tzdata==2025.2 \
	    || { echo "cronsim: pip could not install it"; exit 1; }; \
	fi

test: setup duckdb adbc cronsim
	$(SWIFT) test

check: setup
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

bench-hooks: setup
	$(SWIFT) run $(RELEASE) hookline-hookbench

BENCH = .build-bench/release/hookline-bench
PEERS = .build-bench/peers

bench-programs: build
	$(SWIFT) build $(RELEASE) --product hookline-floors
	$(SWIFT) build -c release --package-path Benchmarks --scratch-path .build-bench --product hookline-bench

# DuckDB and lupa, for comparison; the benchmark says so where they cannot be had.
$(PEERS)/installed: Benchmarks/Peers/requirements.txt
	@rm -rf $(PEERS)
	@mkdir -p .build-bench
	@python3 -m venv $(PEERS) && $(PEERS)/bin/pip install --quiet --disable-pip-version-check -r $< && touch $@ \
	  || echo "bench: python3 -m venv, or pip with DuckDB and lupa, cannot be had here"

bench: bench-programs bench-hooks $(PEERS)/installed
	$(BENCH)

bench-large: bench-programs
	$(BENCH) large

SEEDS ?= 100000

soak: setup
	HOOKLINE_SEEDS=$(SEEDS) $(SWIFT) test --filter SimulationTests/seeds

install: build
	install -d "$(PREFIX)/bin"
	install -m 755 .build/release/hookline "$(PREFIX)/bin/hookline"
	strip -S "$(PREFIX)/bin/hookline"
	install -d "$(PREFIX)/share/hookline"
	rm -rf "$(PREFIX)/share/hookline/demo"
	cp -R scripts/demo "$(PREFIX)/share/hookline/demo"
	rm -rf "$(PREFIX)/share/hookline/activations"
	cp -R scripts/activations "$(PREFIX)/share/hookline/activations"
	install -d "$(PREFIX)/share/man/man1" "$(PREFIX)/share/bash-completion/completions" \
	  "$(PREFIX)/share/zsh/site-functions" "$(PREFIX)/share/fish/vendor_completions.d"
	"$(PREFIX)/bin/hookline" manual >"$(PREFIX)/share/man/man1/hookline.1"
	"$(PREFIX)/bin/hookline" --generate-completion-script bash >"$(PREFIX)/share/bash-completion/completions/hookline"
	"$(PREFIX)/bin/hookline" --generate-completion-script zsh >"$(PREFIX)/share/zsh/site-functions/_hookline"
	"$(PREFIX)/bin/hookline" --generate-completion-script fish >"$(PREFIX)/share/fish/vendor_completions.d/hookline.fish"

clean:
	rm -rf .build .build-bench .tools
