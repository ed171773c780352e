import Foundation
import Testing

/// What the exit status of `Scripts/fuzz` says, whatever the fuzzer does.
struct FuzzScriptTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Scripts/fuzz").standardized

    /// Runs the script where the build makes a fuzzer of two targets that ends as `ending` has it.
    private static func run(
        _ arguments: [String],
        ending: String,
        foundBefore: Bool = false
    ) throws -> (status: Int32, findings: Set<String>) {
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
            *)
                for argument; do case $argument in -artifact_prefix=*) prefix=${argument#*=} ;; esac; done
                \(ending)
                ;;
            esac
            """,
            to: ".build-fuzz/release/fuzz"
        )
        if foundBefore { try Data().write(to: folder.appending(path: ".build-fuzz/findings/two-crash-0")) }
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
        let findings = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/.build-fuzz/findings")
        return (process.terminationStatus, Set(findings))
    }

    @Test(
        "The exit status tells whether something was found, and what was found stays",
        arguments: [
            ("exit 0", 0, []), ("echo stat::number_of_executed_units: 1", 0, []), ("exit 1", 1, []),
            ("kill -9 $$", 1, []),
            (#"echo >"${prefix}slow-unit-1""#, 1, ["slow-unit-1"]), (#"echo >"${prefix}crash-0""#, 1, ["crash-0"]),
            (#"echo >"${prefix}crash-1"; exit 1"#, 1, ["crash-1"]),
        ] as [(String, Int32, [String])]
    )
    func status(_ ending: String, _ status: Int32, _ found: [String]) throws {
        let all = try Self.run(["1"], ending: ending)
        #expect(all.status == status)
        #expect(all.findings == Set(found.flatMap { ["one-\($0)", "two-\($0)"] }))

        let again = try Self.run(["1", "two"], ending: ending, foundBefore: true)
        #expect(again.status == status)
        #expect(again.findings == Set(found.map { "two-\($0)" } + ["two-crash-0"]))
    }

    @Test("A name of no target is a wrong command line", arguments: [["three"], ["one", "tw"], [""]])
    func nameless(_ names: [String]) throws {
        #expect(try Self.run(["1"] + names, ending: "exit 0").status == 64)
    }
}
