// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// For modules that read bytes which a stranger wrote: no unsafe operation without the word `unsafe` beside it.
let wire: [SwiftSetting] = settings + [.enableExperimentalFeature("Lifetimes"), .strictMemorySafety()]

let package = Package(
    name: "hlsp2p-check",
    products: [
        .library(name: "Conformance", targets: ["Conformance"]),
        .library(name: "Fixtures", targets: ["Fixtures"]),
        .executable(name: "hlsp2p-check", targets: ["hlsp2p-check"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "RTMFP", dependencies: ["CLibCrypto"], swiftSettings: wire),
        .target(name: "Flash", dependencies: ["RTMFP"], swiftSettings: wire),
        .target(name: "HLSP2P", dependencies: ["Flash", "RTMFP"], swiftSettings: wire),
        .target(
            name: "Links",
            dependencies: [
                "RTMFP",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: wire
        ),
        .target(
            name: "Web",
            dependencies: [
                "HLSP2P", "Links", "RTMFP",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: wire
        ),
        // Its pkg-config file asks for a flag that the package manager prohibits.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .target(name: "Redis", dependencies: ["CHiredis"], swiftSettings: settings),
        .systemLibrary(name: "CLibPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
        .target(name: "Capture", dependencies: ["CLibPcap", "Flash", "RTMFP"], swiftSettings: wire),
        .target(name: "Traffic", dependencies: ["Capture", "Flash", "Links", "RTMFP"], swiftSettings: settings),
        .target(name: "CVectors"),
        .target(name: "JSONSchema", swiftSettings: settings),
        .target(
            name: "Fixtures",
            dependencies: [
                "CVectors", "Capture", "Flash", "HLSP2P", "JSONSchema", "Links", "RTMFP", "Redis", "Web",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Conformance",
            dependencies: ["Capture", "Flash", "HLSP2P", "Links", "RTMFP", "Web"],
            swiftSettings: settings
        ),
        .target(
            name: "Arenas",
            dependencies: ["Conformance", "Fixtures", "HLSP2P", "Links", "RTMFP"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "hlsp2p-check",
            dependencies: [
                "Arenas", "Capture", "Conformance", "Fixtures", "HLSP2P", "Links", "RTMFP", "Redis", "Traffic", "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Fuzzing",
            dependencies: [
                "Arenas", "Capture", "Conformance", "Fixtures", "Flash", "HLSP2P", "RTMFP", "Web",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["Capture", "Conformance", "Fixtures", "Flash", "HLSP2P", "Links", "RTMFP"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "RTMFPTests",
            dependencies: ["RTMFP"],
            resources: [.copy("Crypto/known-answers.json")],
            swiftSettings: settings
        ),
        .target(
            name: "Meetings",
            dependencies: ["Flash", "RTMFP"],
            path: "Tests/Support/Meetings",
            swiftSettings: settings
        ),
        .testTarget(
            name: "FlashTests",
            dependencies: ["Flash", "JSONSchema", "Meetings", "RTMFP"],
            exclude: ["AMF/make-known-answers.py"],
            resources: [.copy("AMF/known-answers.json"), .copy("Messages/captured-messages.json")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HLSP2PTests",
            dependencies: ["Flash", "HLSP2P", "JSONSchema", "Meetings", "RTMFP"],
            resources: [.copy("Captured/captured-exchanges.json")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "HLSP2P", "Links", "RTMFP", "Web",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "RedisServers",
            dependencies: ["Redis"],
            path: "Tests/Support/RedisServers",
            swiftSettings: settings
        ),
        .testTarget(name: "RedisTests", dependencies: ["Redis"], swiftSettings: settings),
        // Tests that wait for real servers, real sockets and real time: `make test` runs them by themselves.
        .testTarget(
            name: "LiveTests",
            dependencies: ["Fixtures", "HLSP2P", "Links", "RTMFP", "Redis", "RedisServers", "Web"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "LinksTests",
            dependencies: [
                "Links", "RTMFP",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .target(name: "Wireshark", path: "Tests/Support/Wireshark", swiftSettings: settings),
        .testTarget(
            name: "CaptureTests",
            dependencies: ["Capture", "JSONSchema", "RTMFP", "Wireshark"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "TrafficTests",
            dependencies: ["Capture", "Conformance", "Fixtures", "Flash", "Links", "RTMFP", "Traffic"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FixturesTests",
            dependencies: [
                "Capture", "Conformance", "Fixtures", "Flash", "HLSP2P", "Links", "RTMFP", "Redis", "RedisServers",
                "Web",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "Arenas", "Capture", "Conformance", "Fixtures", "HLSP2P", "JSONSchema", "Links", "RTMFP", "Redis",
                "RedisServers", "Wireshark",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["Conformance", "Fuzzing", "HLSP2P", "RTMFP"],
            resources: [.copy("Findings")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["JSONSchema", "Wireshark", "hlsp2p-check"],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzer needs the runtime of libFuzzer, which ordinary builds do without: see `make fuzz`. Only what is fuzzed counts
// its branches: libFuzzer looks at every counter after every run. FUZZ=1 is all modules; FUZZ=RTMFP those that it names,
// for a campaign of targets that need no others.
if let fuzz = Context.environment["FUZZ"] {
    let counted =
        fuzz == "1"
        ? ["RTMFP", "Flash", "HLSP2P", "Web", "Capture", "JSONSchema"] : fuzz.split(separator: ",").map(String.init)
    for target in package.targets where counted.contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer"]))
    }
    package.targets += [
        .target(name: "CLibFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: ["CLibFuzzer", "Fuzzing"],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
        ),
    ]
}
