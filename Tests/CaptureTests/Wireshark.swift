import Foundation

/// Wireshark's programs, where they are installed (`Scripts/install-packages --tests`).
enum Wireshark {
    static let path = "/usr/bin/tshark"
    static let isInstalled = FileManager.default.isExecutableFile(atPath: path)

    /// What tshark prints.
    static func tshark(_ arguments: [String]) throws -> String {
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
}
