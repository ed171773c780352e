import Foundation

/// A server program to measure.
struct Contestant: Sendable {
    let name: String
    let program: URL
    let arguments: @Sendable (String) -> [String]

    /// Starts it, measures, and stops it.
    func run<Result>(_ measure: (ServerProcess) throws -> Result) throws -> Result {
        let server = try ServerProcess(name, program: program, arguments: arguments)
        defer { server.stop() }
        return try measure(server)
    }

    /// The reference rendezvous, as it was built beside this program.
    static let rendezvous = reference("reference", [])

    /// The reference as an echo server.
    static let echo = reference("reference", ["--echo"])

    /// A test program of the C++ library by the author of the RFCs; nil unless `RTMFP_CPP_TESTS` names their folder.
    static func library(_ name: String) -> Contestant? {
        guard let folder = ProcessInfo.processInfo.environment["RTMFP_CPP_TESTS"] else { return nil }
        let program = URL(filePath: folder).appending(path: name)
        guard FileManager.default.isExecutableFile(atPath: program.path) else { return nil }
        return Contestant(name: "rtmfp-cpp \(name)", program: program, arguments: { ["-B", $0] })
    }

    private static func reference(_ name: String, _ options: [String]) -> Contestant {
        let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return Contestant(
            name: name,
            program: program.appending(path: "hlsp2p-check"),
            arguments: { ["serve", "--listen", $0] + options }
        )
    }
}
