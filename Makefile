# Two commands for newcomers: `make run` and `make test`. Everything else is for whoever works on the project.

SWIFT_BUILD_FLAGS ?= -j 2

# Tests with real sockets and in real time, which beside all others would pass too quickly for them.
ALONE = ^(LiveTests|CommandTests|LinksTests|WebTests)[.]|[.](EmbeddedReference|LiveTracker|ExecutedClients|AwaitedClients|Origin)Tests/

.PHONY: run test setup build lint self-test interop bench bench-tracker fuzz clean

## Builds a release and checks the embedded reference.
run: build
	.build/release/hlsp2p-check

## Runs every test: the format, the unit tests, the proof that every case can fail, the vectors, and their examples.
test: lint
	@Scripts/install-packages --tests
	Scripts/swift-test $(SWIFT_BUILD_FLAGS) --disable-xctest --skip '$(ALONE)'
	Scripts/swift-test $(SWIFT_BUILD_FLAGS) --disable-xctest --filter '$(ALONE)' --no-parallel
	$(MAKE) self-test
	.build/release/hlsp2p-check vectors lint vectors
	.build/release/hlsp2p-check vectors verify vectors
	Scripts/check-examples

build: setup
	swift build $(SWIFT_BUILD_FLAGS) -c release --product hlsp2p-check

## Installs the system packages that are missing.
setup:
	@Scripts/install-packages

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

ROLES ?= rendezvous client tracker peer capture

## Proves every case of these roles both ways.
self-test: build
	for role in $(ROLES); do .build/release/hlsp2p-check self-test --role $$role || exit; done

## Has the reference and real implementations talk to each other, those that environment variables name (Scripts/interop),
## and a real player play what a real encoder makes (Scripts/proof).
interop: build
	Scripts/interop
	Scripts/proof

## Measures what BENCHMARKS.md states; beside the C++ library if RTMFP_CPP_TESTS names the folder of its test programs.
bench: build
	swift build $(SWIFT_BUILD_FLAGS) -c release --product Benchmarks
	.build/release/Benchmarks

## Measures the tracker beside a plain one on the same Redis (Scripts/bench-tracker).
bench-tracker: build
	Scripts/bench-tracker

## Fuzzes every decoder and every state machine in turn, TIME seconds each (Scripts/fuzz).
fuzz: setup
	Scripts/fuzz $(TIME)

clean:
	rm -rf .build
