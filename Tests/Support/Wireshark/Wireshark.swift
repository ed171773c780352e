import Foundation

/// Wireshark's programs, where they are installed (`Scripts/install-packages --tests`).
package enum Wireshark {
    package static let path = "/usr/bin/tshark"
    package static let isInstalled = FileManager.default.isExecutableFile(atPath: path)

    /// What tshark prints.
    package static func tshark(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let octets = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: octets, as: UTF8.self)
    }

    /// The fields of every packet that tshark shows: those that a packet has several of are separated by commas.
    package static func fields(_ fields: [String], _ arguments: [String]) throws -> [[String]] {
        let output = try tshark(arguments + ["-T", "fields", "-E", "occurrence=a"] + fields.flatMap { ["-e", $0] })
        return output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
