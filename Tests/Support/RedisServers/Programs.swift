public import Foundation

/// Other people's programs that tests run.
public enum Programs {
    /// What is missing on this machine.
    public struct Missing: Error, CustomStringConvertible {
        /// One sentence.
        public let description: String
    }

    /// Starts a program that is found in the usual folders; its output is thrown away.
    ///
    /// - Throws: `Missing` if it is nowhere.
    public static func start(_ name: String, _ arguments: [String]) throws -> Process {
        let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"]
        guard let path = folders.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile) else {
            throw Missing(description: "there is no \(name); Scripts/install-packages installs it")
        }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Ends a program, and waits for its end. It gets no say in it: a process that a thread has started which blocks
    /// signals blocks them as well.
    public static func kill(_ process: Process) {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

/// Ports that nobody listens at.
public enum Ports {
    /// A port at which nobody listens now; nor at the one so many above it.
    public static func free(in range: Range<UInt16>, alsoAbove distance: UInt16? = nil) throws -> UInt16 {
        for _ in 0..<1000 {
            let port = UInt16.random(in: range)
            if isFree(port), distance.map({ isFree(port + $0) }) ?? true { return port }
        }
        throw Programs.Missing(description: "there is no free port")
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
