import RTMFP

/// A flow that the probe sends on.
///
/// It says what the case tells it to, in the order that the case likes, and repeats nothing by itself.
final class ProbeFlow {
    let session: ProbeSession
    /// The flow, as the probe numbers it.
    let id: UInt64
    /// What opens the flow; goes with every User Data chunk until the target has acknowledged one.
    let startupOptions: [Option]
    /// The sequence number of the next fragment.
    private(set) var nextNumber: UInt64 = 1
    private let start: Int
    /// Octets of a message in one fragment, at most.
    static let fragmentSize = 1000

    init(_ session: ProbeSession, id: UInt64, options: [Option]) {
        self.session = session
        self.id = id
        startupOptions = options
        start = session.ear.acknowledgements.count
    }

    /// What the target has acknowledged of this flow, in order.
    var acknowledgements: [HeardAcknowledgement] {
        session.ear.acknowledgements[start...].filter { $0.flowID == id }
    }

    /// A User Data chunk with the flow's next number, which is used up, or with any other.
    ///
    /// - Parameters:
    ///   - number: nil for the next one; one beyond moves the next one.
    ///   - forward: the forward sequence number; 0 as long as nothing is abandoned.
    ///   - options: nil for the startup options while they are needed.
    func fragment(
        _ octets: [UInt8] = [],
        _ control: FragmentControl = .whole,
        number: UInt64? = nil,
        forward: UInt64 = 0,
        abandon: Bool = false,
        final: Bool = false,
        options: [Option]? = nil
    ) -> Chunk {
        let number = number ?? nextNumber
        nextNumber = max(nextNumber, number &+ 1)
        return .userData(
            UserData(
                flags: UserDataFlags(control, abandon: abandon, final: final),
                flowID: id,
                sequenceNumber: number,
                fsnOffset: number &- forward,
                options: options ?? (acknowledgements.isEmpty && !startupOptions.isEmpty ? startupOptions : nil),
                userData: octets
            )
        )
    }

    /// A Next User Data chunk, which uses up the flow's next number.
    func next(
        _ octets: [UInt8] = [],
        _ control: FragmentControl = .whole,
        abandon: Bool = false,
        final: Bool = false
    ) -> Chunk {
        nextNumber &+= 1
        let flags = UserDataFlags(control, abandon: abandon, final: final)
        return .nextUserData(NextUserData(flags: flags, userData: octets))
    }

    /// Sends one fragment in a packet of its own.
    func say(
        _ octets: [UInt8] = [],
        _ control: FragmentControl = .whole,
        number: UInt64? = nil,
        forward: UInt64 = 0,
        abandon: Bool = false,
        final: Bool = false,
        options: [Option]? = nil
    ) throws {
        try session.say([
            fragment(
                octets,
                control,
                number: number,
                forward: forward,
                abandon: abandon,
                final: final,
                options: options
            )
        ])
    }

    /// Waits for an acknowledgement of this flow for which `match` holds.
    ///
    /// - Parameter mark: how many acknowledgements of the flow to pass over; nil for those that have come before.
    @discardableResult
    func expectAcknowledgement(
        _ expected: String = "an acknowledgement of the flow",
        since mark: Int? = nil,
        within patience: Interval? = nil,
        where match: (HeardAcknowledgement) -> Bool = { _ in true }
    ) throws -> HeardAcknowledgement {
        let mark = mark ?? acknowledgements.count
        return try session.waitFor(expected, within: patience) {
            acknowledgements.dropFirst(mark).first(where: match)
        } otherwise: {
            acknowledgements.last.map { "the last one acknowledges \($0.summary)" }
                ?? "nothing was acknowledged on the flow"
        }
    }

    /// Says something until the target has acknowledged it, so that a lost datagram decides nothing.
    ///
    /// Only where a repetition does no harm: the same number with the same octets.
    @discardableResult
    func deliver(_ chunks: [Chunk], upTo number: UInt64) throws -> HeardAcknowledgement {
        try deliver(packets: [chunks], upTo: number)
    }

    /// Says packets until the target has acknowledged `number`.
    @discardableResult
    func deliver(packets: [[Chunk]], upTo number: UInt64) throws -> HeardAcknowledgement {
        let mark = acknowledgements.count
        func attempt() throws -> HeardAcknowledgement {
            try packets.forEach { try session.say($0) }
            return try expectAcknowledgement("an acknowledgement of number \(number)", since: mark) {
                $0.covers(number)
            }
        }
        for _ in 1...2 {
            do {
                return try attempt()
            } catch is Unmet {
                continue
            }
        }
        return try attempt()
    }

    /// Says something in one fragment until the target has acknowledged it.
    @discardableResult
    func deliver(_ octets: [UInt8], final: Bool = false) throws -> HeardAcknowledgement {
        let number = nextNumber
        return try deliver([fragment(octets, final: final)], upTo: number)
    }

    /// Says a message in as many fragments as it needs until the target has acknowledged all of them.
    func deliver(long octets: [UInt8]) throws {
        try deliver(fragments: fragments(of: octets))
    }

    /// Says User Data chunks, a packet each, until the target has acknowledged all of them.
    ///
    /// Not more than six packets are on their way at a time (RFC 7016 §3.5.2.3). What is not acknowledged at once is said
    /// again, ever more rarely: a repetition must be, where the last of several packets may wait 200 ms.
    @discardableResult
    func deliver(fragments chunks: [Chunk]) throws -> HeardAcknowledgement {
        var waiting = chunks.compactMap { chunk -> (chunk: Chunk, number: UInt64)? in
            if case .userData(let data) = chunk { (chunk, data.sequenceNumber) } else { nil }
        }
        let haste = session.probe.survey.roundTrip + .milliseconds(40)
        var pause = haste
        let end = session.peer.now + session.probe.timing.patience * Double(3 + chunks.count / 10)
        while session.peer.now < end {
            let batch = waiting.prefix(6)
            let mark = acknowledgements.count
            for item in batch { try session.say([item.chunk]) }
            do {
                try expectAcknowledgement(since: mark, within: min(pause, end - session.peer.now)) { heard in
                    batch.allSatisfy { heard.covers($0.number) }
                }
            } catch is Unmet {
                pause = acknowledgements.count == mark ? pause * 2 : haste
            }
            guard let last = acknowledgements.last else { continue }
            waiting.removeAll { last.covers($0.number) }
            if waiting.isEmpty { return last }
            if last.blocks == 0 { try awaitRoom() }
        }
        throw Unmet(expected: "\(chunks.count) fragments acknowledged", actual: "\(waiting.count) are not")
    }

    /// Waits until the target advertises a buffer again.
    private func awaitRoom() throws {
        try session.say([.bufferProbe(BufferProbe(flowID: id))])
        try expectAcknowledgement("a buffer for more of the message") { $0.blocks > 0 }
    }

    /// The chunks that carry a message, with the flow's next numbers.
    func fragments(of octets: [UInt8]) -> [Chunk] {
        let size = ProbeFlow.fragmentSize
        let starts = Array(stride(from: 0, to: max(octets.count, 1), by: size))
        return starts.enumerated().map { index, start in
            fragment(
                Array(octets[start..<min(octets.count, start + size)]),
                starts.count == 1 ? .whole : index == 0 ? .begin : index == starts.count - 1 ? .end : .middle
            )
        }
    }
}
