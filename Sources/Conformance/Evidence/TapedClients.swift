import Links
import RTMFP

/// Clients like others, with what is known of each on tape.
final class TapedClients: ClientSource {
    private let clients: any ClientSource
    private let tape: Tape
    private var count = 0

    init(_ clients: any ClientSource, _ tape: Tape) {
        self.clients = clients
        self.tape = tape
    }

    var isExhausted: Bool { clients.isExhausted }
    var patience: Interval { clients.patience }

    func call(_ call: Call) throws -> Visit {
        var visit = try clients.call(call)
        if let door = visit.doors.first { tape.begin(at: door.now) }
        tape.add(.called(doors: visit.doors.count, uri: visit.uri), at: visit.doors.first?.now ?? tape.clock.now)
        visit.doors = visit.doors.map { TapedLink($0, tape) }
        visit.client = TapedVisitor(visit.client, number: count, tape)
        count += 1
        return visit
    }
}

/// A client or peer like another one, with how it ends on tape.
final class TapedVisitor: VisitingClient {
    private let client: any VisitingClient
    private let number: Int
    private let tape: Tape
    private let whileEnding: (() -> Void) -> Void
    private var isNoted = false

    /// - Parameter whileEnding: is handed what ends the client.
    init(
        _ client: any VisitingClient,
        number: Int,
        _ tape: Tape,
        whileEnding: @escaping (() -> Void) -> Void = { $0() }
    ) {
        self.client = client
        self.number = number
        self.tape = tape
        self.whileEnding = whileEnding
    }

    var ending: ClientEnding? {
        guard let ending = client.ending else { return nil }
        if !isNoted {
            isNoted = true
            tape.add(.ended(visit: number, ending), at: tape.clock.now)
        }
        return ending
    }

    func end() {
        whileEnding(client.end)
    }
}
