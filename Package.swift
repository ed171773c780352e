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
    targets: [
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "RTMFP", dependencies: ["CLibCrypto"], swiftSettings: wire),
        .testTarget(name: "RTMFPTests", dependencies: ["RTMFP"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
