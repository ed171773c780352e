import Capture
import Foundation
import HLSP2P
import RTMFP

/// A line of the file beside a failure's capture, which holds what is no datagram, and what a datagram does not tell.
struct TapeLine: Codable {
    /// What the line tells.
    enum What: String, Codable {
        /// The next datagram belongs to that link, which has its address from another one.
        case link
        /// A datagram went from that link to another one, where it is in the capture as received.
        case sent
        case woke, asked, waited, called, ended
    }

    var what: What
    /// Datagrams of the capture before it.
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

    init(_ what: What, frame: Int, at: Instant, link: Int? = nil) {
        self.what = what
        self.frame = frame
        self.at = at.nanoseconds
        self.link = link
    }

    /// Tells of an event; nil of a datagram.
    init?(_ entry: Tape.Entry, frame: Int) {
        switch entry.event {
        case .passage: return nil
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

    private var ending: ClientEnding? {
        signal.map { .crashed(signal: $0) } ?? status.map { .exited(status: $0) }
    }
}
