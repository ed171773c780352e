import Foundation
import Links
import RTMFP

/// A server that runs as a program of its own, so that what it takes of the machine can be told from what the load takes.
final class ServerProcess {
    /// How it is called in what is printed.
    let name: String
    /// Where it listens, on the loopback interface.
    let address: RTMFP.SocketAddress
    private let process = Process()

    /// Starts `program` with what `arguments` makes of its address, at a free port, and waits until it answers.
    ///
    /// - Throws: `LinkError` if there is no port, `ServerFailure` if it does not answer within 10 s, and what `Process`
    ///   throws if it cannot be started.
    init(_ name: String, program: URL, arguments: (String) -> [String]) throws {
        self.name = name
        let link = try UDPNetwork.loopback.makeLink()
        address = link.localAddress
        link.close()
        process.executableURL = program
        process.arguments = arguments("\(address)")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        do {
            try awaitAnswer()
        } catch {
            stop()
            throw error
        }
    }

    /// Ends the program and waits for its end.
    func stop() {
        guard process.isRunning else { return }
        process.interrupt()
        process.waitUntilExit()
    }

    private func awaitAnswer() throws {
        let link = try UDPNetwork.loopback.makeLink()
        defer { link.close() }
        let discriminator = EndpointDiscriminator(uri: "rtmfp://\(address)/").encoded
        let hello = IHello(endpointDiscriminator: discriminator, tag: [UInt8](repeating: 7, count: 16))
        let packet = Packet(PacketHeader(.startup), [.initiatorHello(hello)])
        for _ in 0..<100 where process.isRunning {
            try link.send(PacketSealer(.defaultSession).seal(packet.encoded, to: 0), to: address)
            if try link.receive(within: .milliseconds(100)) != nil { return }
        }
        throw ServerFailure(description: "\(name) does not answer at \(address)")
    }

    /// Octets of memory in use, as the kernel counts them: pages that are resident and not shared with a file.
    var residentMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// Seconds of processor time used so far, in user and kernel mode; the kernel counts them in hundredths.
    var processorTime: Double {
        let stat = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)) ?? ""
        // The second field is the program's name in parentheses and may hold anything.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let kernel = Double(fields[12]) else { return 0 }
        return (user + kernel) / 100
    }
}

/// A server that cannot be measured.
struct ServerFailure: Error, CustomStringConvertible {
    let description: String
}
