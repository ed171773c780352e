import ArgumentParser
import Capture
import Conformance
import Fixtures
import Foundation
import Links
import struct RTMFP.Instant
import struct RTMFP.SocketAddress
import Traffic

/// `hlsp2p-check record`: exit status 0 when interrupted, 69 if there is nothing to record from, 73 if a file cannot be
/// written.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Write traffic to a capture file, from an interface or as a proxy.",
        discussion: """
            With -i, writes what passes an interface; the keys come from our own programs, which log them with --key-log. \
            With --proxy, sits between clients and a server: clients connect to LISTEN, the server is at TARGET, and the \
            keys of every session go to FILE.keys.jsonl, so that 'decode FILE --keys FILE.keys.jsonl' shows everything.

            A proxy cannot stand in for an end whose certificate carries its keys when the other end insists on that \
            fingerprint: such a session passes untouched, and without keys. It sees peers meet only if they do so at its \
            own addresses.

            With --swarm, a small swarm of the reference lives through a story in virtual time, the same every time; its keys \
            go to FILE.keys.jsonl. The stories: \(SwarmStory.all.map(\.name).joined(separator: ", ")).

            Ends with status 0 on SIGINT and SIGTERM. Capturing takes the capability CAP_NET_RAW.
            """
    )

    @Option(name: [.short, .long], help: ArgumentHelp("The interface; 'any' is all of them.", valueName: "name"))
    var interface: String?

    @Flag(help: "Be a proxy: LISTEN and TARGET follow, both host:port.")
    var proxy = false

    @Option(help: ArgumentHelp("A story of the reference instead of real traffic.", valueName: "story"))
    var swarm: String?

    @Argument(help: ArgumentHelp("With --proxy: where clients connect to, and the server.", valueName: "host:port"))
    var places: [String] = []

    @Option(name: [.short, .long], help: ArgumentHelp("The capture file.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("Which frames, in libpcap's language; UDP by default.", valueName: "bpf"))
    var filter: String?

    @Option(help: ArgumentHelp("Only UDP to or from this port; may be given more than once.", valueName: "port"))
    var port: [UInt16] = []

    @Option(help: ArgumentHelp("Begin another file before one has more octets.", valueName: "octets"))
    var rotateSize: Int?

    @Option(help: ArgumentHelp("Begin another file after so many seconds.", valueName: "seconds"))
    var rotateSeconds: Double?

    @Flag(
        help: """
            When it is over, replace addresses and keys: the same one always by the same other one. Needs the keys; what \
            they do not open is left out. The keys that replace them go to FILE.keys.jsonl.
            """
    )
    var redact = false

    @Option(help: ArgumentHelp("With -i and --redact: the sessions' keys.", valueName: "file"))
    var keys: String?

    @Option(help: ArgumentHelp("End after so many packets.", valueName: "packets"))
    var count: Int?

    func validate() throws {
        guard output != "", output != "-" else { throw ValidationError("-o names a file.") }
        guard [proxy, interface != nil, swarm != nil].count(where: \.self) == 1 else {
            throw ValidationError("Either -i, --proxy or --swarm says what to record.")
        }
        guard swarm.map({ name in SwarmStory.all.contains { $0.name == name } }) ?? true else {
            throw ValidationError("--swarm must be one of: \(SwarmStory.all.map(\.name).joined(separator: ", ")).")
        }
        guard places.count == (proxy ? 2 : 0) else {
            throw ValidationError(proxy ? "--proxy needs LISTEN and TARGET." : "'\(places[0])' goes with --proxy only.")
        }
        let isFiltered = filter != nil || !port.isEmpty || rotateSize != nil || rotateSeconds != nil
        guard interface != nil || !isFiltered else {
            throw ValidationError("--filter, --port and --rotate-… go with -i only.")
        }
        guard swarm == nil || (!redact && count == nil) else {
            throw ValidationError("--redact and --count do not go with --swarm.")
        }
        guard redact == (keys != nil) || interface == nil else {
            throw ValidationError("With -i, --redact and --keys go together.")
        }
        guard interface != nil || keys == nil else { throw ValidationError("--keys goes with -i only.") }
        guard filter == nil || port.isEmpty else { throw ValidationError("--filter and --port exclude each other.") }
        guard rotateSize.map({ $0 >= 1024 }) ?? true else {
            throw ValidationError("--rotate-size must be 1024 or more.")
        }
        guard rotateSeconds.map({ $0 > 0 && $0 < 1e9 }) ?? true else {
            throw ValidationError("--rotate-seconds must be above 0.")
        }
        guard count.map({ $0 > 0 }) ?? true else { throw ValidationError("--count must be above 0.") }
    }

    func run() throws {
        try refuse(writing: output, over: [keys])
        try refuse(writing: "\(output).keys.jsonl", over: [keys])
        if let keys, !FileManager.default.isReadableFile(atPath: keys) {
            throw fail(.badData, "cannot read \(keys), with whose keys the recording is to be redacted")
        }
        do {
            if let story = SwarmStory.all.first(where: { $0.name == swarm }) { return try tell(story) }
            let interruption = Interruption()
            if let interface { try capture(interface, interruption) } else { try pass(interruption) }
        } catch let error as CaptureWriteError {
            throw fail(.cannotWrite, "\(error)")
        } catch let error as SocketError {
            throw fail(.unreachable, "\(error)")
        } catch let error as LiveCaptureError {
            if case .badFilter = error { throw fail(.usage, "\(error)") }
            throw fail(.unreachable, "\(error)")
        }
    }

    private func tell(_ story: SwarmStory) throws {
        let recording = try story.record()
        let keys = "\(output).keys.jsonl"
        try recording.write(capture: output, keys: keys, comment: story.summary)
        say("\(recording.datagrams.count) packets in \(output), keys in \(keys)")
    }

    private func capture(_ interface: String, _ interruption: Interruption) throws {
        let live = try LiveCapture(on: interface, filter: filter ?? LiveCapture.filter(ports: port))
        let limits = RotatingWriter.Limits(octets: rotateSize, seconds: rotateSeconds)
        let writer = try RotatingWriter(path: output, linkType: live.linkType, interface: interface, limits: limits)
        say("recording on \(interface); interrupt to end")
        let counter = PacketCounter()
        var vanished: LiveCaptureError?
        while !interruption.hasHappened, vanished == nil, writer.packets < count ?? .max {
            let frame: LiveCapture.Frame?
            do {
                frame = try live.next()
            } catch {
                (frame, vanished) = (nil, error)
            }
            // What waits for more is written when there is a pause.
            if let frame { try writer.write(frame) } else { try writer.flush() }
            counter.show(writer.packets)
        }
        if vanished == nil { try drain(live, into: writer) }
        let lost = live.lost
        try writer.close()
        counter.end()
        let files = writer.files == 1 ? output : "\(writer.files) files"
        say("\(writer.packets) packets in \(files)" + (lost > 0 ? "; \(lost) came too fast and were lost" : ""))
        if redact { try redact(writer.paths, keysAt: keys) }
        if let vanished { throw vanished }
    }

    /// Writes what had passed by now, and is still gathered.
    private func drain(_ live: LiveCapture, into writer: RotatingWriter) throws {
        let end = Instant(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
        while writer.packets < count ?? .max, let frame = try? live.next(), frame.time <= end {
            try writer.write(frame)
        }
    }

    private func pass(_ interruption: Interruption) throws {
        let target = try Listening.address(places[1])
        let listening = try Listening.address(places[0], target.family)
        guard target.port != 0 else { throw fail(.usage, "the server has no port in \(places[1])") }
        guard !listening.isReached(by: target) else {
            throw fail(.usage, "\(places[1]) is where the proxy itself would be")
        }
        let keys = "\(output).keys.jsonl"
        let recorder = try ProxyRecorder(
            at: listening,
            target: target,
            capture: output,
            keys: keys
        )
        try write("proxy rtmfp://\(recorder.address)/ for \(target)")
        let counter = PacketCounter()
        do {
            try recorder.run {
                counter.show(recorder.packets)
                return interruption.hasHappened || recorder.packets >= count ?? .max
            } notice: { text in
                counter.end()
                say(text)
            }
        } catch {
            try? recorder.close()
            throw error
        }
        try recorder.close()
        counter.end()
        say("\(recorder.packets) packets in \(output), keys of \(recorder.sessions) sessions in \(keys)")
        if redact { try redact([output], keysAt: recorder.sessions > 0 ? keys : nil) }
    }

    /// Puts redacted files in the place of those that were recorded.
    private func redact(_ paths: [String], keysAt keysPath: String?) throws {
        let keys = "\(output).keys.jsonl"
        do {
            var random = SystemRandomNumberGenerator()
            let redaction = CaptureRedaction(keys: try keysPath.map { try KeyLog(path: $0) }, random: &random)
            var leftOut = 0
            for path in paths {
                leftOut += try redaction.run(path, to: path + ".redacted", keys: keys + ".redacted").leftOut
                try FileManager.default.removeItem(atPath: path)
                try FileManager.default.moveItem(atPath: path + ".redacted", toPath: path)
            }
            try? FileManager.default.removeItem(atPath: keys)
            try? FileManager.default.moveItem(atPath: keys + ".redacted", toPath: keys)
            say(
                "addresses and keys are replaced"
                    + (leftOut > 0 ? "; \(leftOut) packets that no key opens are left out" : "")
            )
        } catch {
            for path in paths + [keys] { try? FileManager.default.removeItem(atPath: path + ".redacted") }
            let isBad = error is CaptureError || error is KeyLogError
            let reason = (error as? CocoaError)?.localizedDescription ?? "\(error)"
            throw fail(isBad ? .badData : .cannotWrite, "\(reason); \(paths.last ?? output) is not redacted")
        }
    }
}

/// A count that ticks on standard error, if that is a terminal.
final class PacketCounter {
    private let isShown = isatty(STDERR_FILENO) == 1
    private var last = ContinuousClock.now
    private var hasLine = false

    /// Shows the count, a few times a second.
    func show(_ packets: Int) {
        let now = ContinuousClock.now
        guard isShown, now - last >= .milliseconds(250) else { return }
        last = now
        hasLine = true
        hlsp2p_check.show("\r\(packets) packets")
    }

    /// Ends the line, so that something else can be said.
    func end() {
        if hasLine { hlsp2p_check.show("\n") }
        hasLine = false
    }
}

extension SocketAddress {
    /// Whether what is sent to `other` comes to who listens here.
    fileprivate func isReached(by other: SocketAddress) -> Bool {
        guard port != 0, port == other.port else { return false }
        return ip == other.ip || self == .unspecified(family, port: port) && other == .loopback(family, port: port)
    }
}
