import Foundation
import Testing

/// What the exit status of `Scripts/fuzz` says, whatever the fuzzer does.
struct FuzzScriptTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Scripts/fuzz").standardized

    /// Runs the script where the build makes a fuzzer of two targets that ends as `ending` has it.
    private static func run(_ arguments: [String], ending: String, foundBefore: Bool = false) throws -> Int32 {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["Scripts", "bin", ".build-fuzz/release", ".build-fuzz/corpus/one", ".build-fuzz/findings"] {
            try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        func write(_ text: String, to name: String) throws {
            let file = folder.appending(path: name)
            try Data("#!/bin/sh\n\(text)\n".utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        try write("exit 0", to: "bin/swift")
        try write(
            """
            case $1 in
            --list) echo one; echo two ;;
            --seeds=*) for name in one two; do echo >"${1#--seeds=}/$name.dict"; echo >"${1#--seeds=}/$name.options"; done ;;
            *) \(ending) ;;
            esac
            """,
            to: ".build-fuzz/release/fuzz"
        )
        if foundBefore { try Data().write(to: folder.appending(path: ".build-fuzz/findings/one-crash-0")) }
        try FileManager.default.copyItem(at: script, to: folder.appending(path: "Scripts/fuzz"))
        let process = Process()
        process.executableURL = folder.appending(path: "Scripts/fuzz")
        process.arguments = arguments
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": "\(folder.path)/bin:\(path)"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test(
        "The exit status tells whether something was found",
        arguments: [
            ("exit 0", 0), ("echo stat::number_of_executed_units: 1", 0), ("exit 1", 1), ("kill -9 $$", 1),
            ("echo >.build-fuzz/findings/two-slow-unit-1", 1),
        ]
    )
    func status(_ ending: String, _ status: Int32) throws {
        #expect(try Self.run(["1"], ending: ending) == status)
        #expect(try Self.run(["1", "two"], ending: ending, foundBefore: true) == status)
    }

    @Test("A name of no target is a wrong command line", arguments: [["three"], ["one", "tw"], [""]])
    func nameless(_ names: [String]) throws {
        #expect(try Self.run(["1"] + names, ending: "exit 0") == 64)
    }
}
