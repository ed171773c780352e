import Flash
import RTMFP

/// Which flow of a replay is which of the recording, and which recorded answers have come.
struct ReplayBook {
    /// What a message is by the recording.
    enum Judgement {
        /// The next answer on its flow.
        case expected
        /// Of the kind of the next answer, an index into the moments, which says something else.
        case different(Int, from: Meaning)
        /// Something else.
        case unexpected
    }

    private let dialogue: RecordedDialogue
    /// By index into the recorded flows.
    var sending: [Int: FlowHandle] = [:]
    private(set) var receiving: [Int: FlowHandle] = [:]
    private var recorded: [FlowHandle: Int] = [:]
    /// The metadata of flows of the far end that the recording does not have.
    private var unrecorded: [FlowHandle: [UInt8]] = [:]
    /// The answers of each recorded flow that have not come, as indices into the moments.
    private var awaited: [Int: ArraySlice<Int>] = [:]
    private var met: Set<Int> = []
    /// Recorded flows that were refused again, of which nothing more is said or heard.
    private var refused: Set<Int> = []
    /// Recorded stream IDs by those that the server gave now, and the other way.
    private var liveStreams: [UInt32: UInt32] = [:]
    private var recordedStreams: [UInt32: UInt32] = [:]
    private var streamRequests: Set<Double> = []
    /// What came that the recording does not have, at most the last hundred.
    private(set) var unexpected: [String] = []

    init(_ dialogue: RecordedDialogue) {
        self.dialogue = dialogue
        for (index, moment) in dialogue.moments.enumerated() where !dialogue.flows.isEmpty {
            guard case .message = moment.step, !dialogue.flows[moment.flow].isSent else { continue }
            awaited[moment.flow, default: []].append(index)
        }
    }

    /// Answers that have come.
    var answers: Int { met.count }

    func isMet(_ moment: Int) -> Bool { met.contains(moment) }

    /// The first answer from a step on that has not come.
    func firstUnmet(from next: Int) -> RecordedDialogue.Moment? {
        awaited.values.compactMap { moments in moments.first { $0 >= next && !isAdvice($0) } }.min()
            .map { dialogue.moments[$0] }
    }

    /// The first answer on certain flows that has not come.
    func firstUnmet(where isMeant: (Int) -> Bool) -> (frame: Int, meaning: String)? {
        let first = awaited.filter { isMeant($0.key) }.values.compactMap { $0.first { !isAdvice($0) } }.min()
        return first.flatMap { first in meaning(first).map { (dialogue.moments[first].frame, "\($0)") } }
    }

    /// Whether an answer need not come.
    func isAdvice(_ moment: Int) -> Bool {
        isRefused(dialogue.moments[moment].flow) || meaning(moment)?.isAdvice ?? false
    }

    /// Whether a recorded flow was refused, as it is in the recording.
    func isRefused(_ flow: Int) -> Bool { refused.contains(flow) }

    /// Whether all flows that the recording has in return to a flow have begun.
    func isAnsweredAgain(_ flow: Int) -> Bool {
        dialogue.flows.indices.allSatisfy { index in
            let other = dialogue.flows[index]
            return other.isSent || other.association != flow || receiving[index] != nil
        }
    }

    private func meaning(_ moment: Int) -> Meaning? {
        guard case .message(let octets) = dialogue.moments[moment].step else { return nil }
        return Meaning(octets, metadata: dialogue.flows[dialogue.moments[moment].flow].metadata)
    }

    /// Notes what was said, for what answers to it mean.
    mutating func said(_ octets: [UInt8], metadata: [UInt8]) {
        guard let command = command(octets, metadata), command.name == "createStream" else { return }
        streamRequests.insert(command.transactionID)
    }

    /// The metadata with the stream ID that the server gave instead of the recorded one.
    func liveMetadata(_ metadata: [UInt8]) -> [UInt8] { exchange(metadata, by: liveStreams) }

    /// Finds the recorded flow that a flow of the far end is: of the same name, in return to the same, not found before.
    mutating func opened(_ flow: FlowHandle, _ received: ReceivedFlow) {
        guard let index = find(received) else {
            unrecorded[flow] = exchange(received.metadata, by: recordedStreams)
            return
        }
        receiving[index] = flow
        recorded[flow] = index
    }

    private func find(_ received: ReceivedFlow) -> Int? {
        let metadata = exchange(received.metadata, by: recordedStreams)
        let association = received.association.flatMap { live in sending.first { $0.value == live }?.key }
        let free = dialogue.flows.indices.filter { index in
            let flow = dialogue.flows[index]
            return !flow.isSent && receiving[index] == nil && flow.metadata == metadata
        }
        return free.first { dialogue.flows[$0].association == association } ?? free.first
    }

    /// What a refused flow is by the recording.
    enum Refusal {
        /// One that was refused there, too.
        case expected
        /// One that was taken, an index into the flows, or refused otherwise.
        case different(Int)
        /// One that it does not have.
        case unexpected
    }

    /// Finds out what it means that the far end refuses a flow.
    mutating func rejected(_ flow: FlowHandle, code: UInt64) -> Refusal {
        judge(sending.first { $0.value == flow }?.key, code)
    }

    /// Finds out what it means that a flow of the far end cannot be taken.
    ///
    /// - Parameter received: what it says of itself, if nothing else of it was heard.
    mutating func turnedAway(_ flow: FlowHandle, _ received: ReceivedFlow?) -> Refusal {
        if let received { opened(flow, received) }
        return judge(recorded[flow], nil)
    }

    private mutating func judge(_ index: Int?, _ code: UInt64?) -> Refusal {
        guard let index else { return .unexpected }
        guard let refusal = dialogue.flows[index].refusal, refusal.code == code ?? refusal.code else {
            return .different(index)
        }
        refused.insert(index)
        return .expected
    }

    /// Finds out what a message is by the recording.
    mutating func heard(_ octets: [UInt8], on flow: FlowHandle) -> (meaning: Meaning, judgement: Judgement) {
        guard let index = recorded[flow] else {
            let meaning = Meaning(octets, metadata: unrecorded[flow] ?? [])
            return (meaning, note(meaning))
        }
        let metadata = dialogue.flows[index].metadata
        let meaning = Meaning(octets, metadata: metadata)
        while let moment = awaited[index]?.first, isAdvice(moment), self.meaning(moment)?.kind != meaning.kind {
            awaited[index]?.removeFirst()
        }
        guard let moment = awaited[index]?.first, case .message(let before) = dialogue.moments[moment].step else {
            return (meaning, note(meaning))
        }
        let expected = Meaning(before, metadata: metadata)
        guard expected.kind == meaning.kind else { return (meaning, note(meaning)) }
        let isSame = meaning.says(expected) || learnStream(before, octets, metadata)
        awaited[index]?.removeFirst()
        guard isSame else { return (meaning, .different(moment, from: expected)) }
        met.insert(moment)
        return (meaning, .expected)
    }

    private mutating func note(_ meaning: Meaning) -> Judgement {
        if unexpected.count == 100 { unexpected.removeFirst() }
        unexpected.append("\(meaning)")
        return .unexpected
    }

    /// Whether both answer a createStream, with whatever ID.
    private mutating func learnStream(_ before: [UInt8], _ now: [UInt8], _ metadata: [UInt8]) -> Bool {
        guard let before = command(before, metadata), let now = command(now, metadata), before.name == "_result",
            now.name == before.name, now.transactionID == before.transactionID,
            streamRequests.contains(now.transactionID),
            let old = before.arguments.first?.number.flatMap({ UInt32(exactly: $0) }),
            let new = now.arguments.first?.number.flatMap({ UInt32(exactly: $0) })
        else { return false }
        liveStreams[old] = new
        recordedStreams[new] = old
        return true
    }

    private func command(_ octets: [UInt8], _ metadata: [UInt8]) -> Command? {
        guard (try? FlowMetadata(decoding: metadata)) != nil, let message = try? Message(decoding: octets) else {
            return nil
        }
        return try? Command(decoding: message)
    }

    private func exchange(_ metadata: [UInt8], by streams: [UInt32: UInt32]) -> [UInt8] {
        guard var named = try? FlowMetadata(decoding: metadata), let other = streams[named.streamID] else {
            return metadata
        }
        named.streamID = other
        return named.encoded
    }
}
