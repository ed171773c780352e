import Capture
import Foundation
import HLSP2P
import Links
import RTMFP

/// A line of the file beside a failure's capture, which holds what is no packet, and what a packet does not tell.
struct TapeLine: Codable {
    /// What the line tells.
    enum What: String, Codable {
        /// The next datagram belongs to that link, which has its address from another one.
        case link
        /// A datagram went from that link to another one, where it is in the capture as received.
        case sent
        case woke, asked, waited, called, ended
        /// A connection broke; in the capture it is reset.
        case broke
        case unconnected, consulted
    }

    var what: What
    /// Packets of the capture before it.
    var frame: Int
    /// Nanoseconds by the clock of the run.
    var at: Int64
    var link: Int?
    var inVain: Bool?
    var method: String?
    var target: String?
    var fields: [[String]]?
    var body: Data?
    var source: String?
    var doors: Int?
    var uri: String?
    var visit: Int?
    var status: Int32?
    var signal: Int32?
    var stream: Int?
    var failure: Failure?
    var reason: String?
    var command: [String]?
    var reply: ReplyLine?

    /// Why a connection did not come about.
    enum Failure: String, Codable {
        case refused, unreachable, unavailable, other
    }

    init(_ what: What, frame: Int, at: Instant, link: Int? = nil) {
        self.what = what
        self.frame = frame
        self.at = at.nanoseconds
        self.link = link
    }

    /// Tells of an event; nil of one that packets tell of.
    init?(_ entry: Tape.Entry, frame: Int) {
        switch entry.event {
        case .passage, .answered: return nil
        case .dealt(let stream, .broke(let reason)):
            self.init(.broke, frame: frame, at: entry.at)
            (self.stream, self.reason) = (stream, reason)
        case .dealt: return nil
        case .unconnected(let far, let near, let error):
            self.init(.unconnected, frame: frame, at: entry.at)
            (target, source) = (far.description, near?.description)
            (failure, reason) = TapeLine.failure(error)
        case .consulted(let command, let result):
            self.init(.consulted, frame: frame, at: entry.at)
            self.command = command
            switch result {
            case .success(let reply): self.reply = ReplyLine(reply)
            case .failure(let failure): reason = failure.description
            }
        case .woke(let link): self.init(.woke, frame: frame, at: entry.at, link: link)
        case .asked(let request):
            self.init(.asked, frame: frame, at: entry.at)
            (method, target) = (request.method, request.target)
            fields = request.fields.map { [$0.name, $0.value] }
            body = request.body.isEmpty ? nil : Data(request.body)
            source = request.source?.description
        case .waited(let inVain):
            self.init(.waited, frame: frame, at: entry.at)
            self.inVain = inVain
        case .called(let doors, let uri):
            self.init(.called, frame: frame, at: entry.at)
            (self.doors, self.uri) = (doors, uri)
        case .ended(let visit, let ending):
            self.init(.ended, frame: frame, at: entry.at)
            self.visit = visit
            switch ending {
            case .exited(let status): self.status = status
            case .crashed(let signal): self.signal = signal
            }
        }
    }

    /// What it tells; nil if that is none.
    var entry: Tape.Entry? {
        let event: Tape.Event? =
            switch what {
            case .link: nil
            case .sent: link.map { .passage(Tape.Passage(link: $0, isSent: true, bytes: [], far: .loopback(port: 0))) }
            case .woke: link.map { .woke(link: $0) }
            case .asked: request.map { .asked($0) }
            case .waited: .waited(inVain: inVain ?? false)
            case .called: doors.map { .called(doors: $0, uri: uri) }
            case .ended: visit.flatMap { visit in ending.map { .ended(visit: visit, $0) } }
            case .broke: stream.flatMap { stream in reason.map { .dealt(stream: stream, .broke(reason: $0)) } }
            case .unconnected: unconnected
            case .consulted: consulted
            }
        return event.map { Tape.Entry(at: Instant(nanoseconds: at), event: $0) }
    }

    private var request: HTTPRequest? {
        guard let method, let target else { return nil }
        return HTTPRequest(
            method,
            target,
            fields: (fields ?? []).compactMap { $0.count == 2 ? HTTPField($0[0], $0[1]) : nil },
            body: [UInt8](body ?? Data()),
            from: source.flatMap(SocketAddress.init(text:))
        )
    }

    private static func failure(_ error: LinkError) -> (Failure, String?) {
        switch error {
        case .refused: (.refused, nil)
        case .unreachable(_, let reason): (.unreachable, reason)
        case .unavailable(_, let reason): (.unavailable, reason)
        case .broken(let reason): (.other, reason)
        case .closed, .tooLong, .restless: (.other, "\(error)")
        }
    }

    private var unconnected: Tape.Event? {
        guard let far = target.flatMap(SocketAddress.init(text:)), let failure else { return nil }
        let near = source.flatMap(SocketAddress.init(text:))
        let reason = reason ?? ""
        let error: LinkError =
            switch failure {
            case .refused: .refused(far)
            case .unreachable: .unreachable(far, reason: reason)
            case .unavailable: .unavailable(near ?? far, reason: reason)
            case .other: .broken(reason: reason)
            }
        return .unconnected(to: far, from: near, error)
    }

    private var consulted: Tape.Event? {
        command.map { command in
            .consulted(
                command: command,
                reply.map { .success($0.reply) } ?? .failure(RegistryFailure(description: reason ?? ""))
            )
        }
    }

    private var ending: ClientEnding? {
        signal.map { .crashed(signal: $0) } ?? status.map { .exited(status: $0) }
    }
}
