import RTMFP

/// A fragment that the target sent; what Next User Data leaves out is put back (RFC 7016 §2.3.12).
struct HeardFragment: Sendable {
    /// The flow, as the target numbers it.
    var flowID: UInt64
    var sequenceNumber: UInt64
    var forwardSequenceNumber: UInt64
    var flags: UserDataFlags
    /// Nil where the OPT flag is clear.
    var options: [Option]?
    var userData: [UInt8]
    /// Whether no fragment of the flow stands before it in its packet.
    var isFirstOfFlow: Bool
    /// Octets of the chunk, with type and length.
    var chunkLength: Int
    /// Which packet of those that its peer has heard brought it.
    var packet: Int
    var at: Instant
}

/// An acknowledgement that the target sent, in either encoding (RFC 7016 §2.3.13, §2.3.14).
struct HeardAcknowledgement: Sendable {
    /// The flow, as the probe numbers it.
    var flowID: UInt64
    /// The advertised buffer, in blocks of 1024 octets.
    var blocks: UInt64
    var cumulative: UInt64
    /// What was received beyond the cumulative acknowledgement, ascending.
    var ranges: [ClosedRange<UInt64>]
    var isBitmap: Bool
    /// Octets of the chunk's payload.
    var payloadLength: Int
    /// The code of the Flow Exception Report for this flow that stands right before it; nil if none does.
    var exceptionCode: UInt64?
    /// Which packet of those that its peer has heard brought it.
    var packet: Int
    var at: Instant

    /// Whether it says that `number` was received.
    func covers(_ number: UInt64) -> Bool {
        number <= cumulative || ranges.contains { $0.contains(number) }
    }

    /// What it acknowledges, for a failure's text.
    var summary: String {
        let parts = ["0…\(cumulative)"] + ranges.map { "\($0.lowerBound)…\($0.upperBound)" }
        return parts.prefix(8).joined(separator: ", ") + (parts.count > 8 ? ", …" : "")
    }
}

extension Heard {
    /// The fragments in this packet, which is the one with index `packet`.
    func fragments(packet: Int) -> [HeardFragment] {
        var fragments: [HeardFragment] = []
        var flows: Set<UInt64> = []
        for chunk in chunks {
            let length = chunk.payload.count + 3
            switch chunk {
            case .userData(let body):
                fragments.append(
                    HeardFragment(
                        flowID: body.flowID,
                        sequenceNumber: body.sequenceNumber,
                        forwardSequenceNumber: body.forwardSequenceNumber,
                        flags: body.flags,
                        options: body.options,
                        userData: body.userData,
                        isFirstOfFlow: flows.insert(body.flowID).inserted,
                        chunkLength: length,
                        packet: packet,
                        at: at
                    )
                )
            case .nextUserData(let body):
                guard var next = fragments.last else { continue }
                next.sequenceNumber &+= 1
                next.flags = body.flags
                next.options = body.options
                next.userData = body.userData
                next.isFirstOfFlow = false
                next.chunkLength = length
                fragments.append(next)
            default:
                break
            }
        }
        return fragments
    }

    /// The acknowledgements in this packet, which is the one with index `packet`.
    func acknowledgements(packet: Int) -> [HeardAcknowledgement] {
        var found: [HeardAcknowledgement] = []
        var exception: FlowExceptionReport?
        for chunk in chunks {
            let acknowledgement: HeardAcknowledgement
            switch chunk {
            case .flowExceptionReport(let report):
                exception = report
                continue
            case .rangeAcknowledgement(let body):
                acknowledgement = HeardAcknowledgement(
                    flowID: body.flowID,
                    blocks: body.bufferBlocksAvailable,
                    cumulative: body.cumulativeAcknowledgement,
                    ranges: body.ranges,
                    isBitmap: false,
                    payloadLength: chunk.payload.count,
                    exceptionCode: exception?.flowID == body.flowID ? exception?.exceptionCode : nil,
                    packet: packet,
                    at: at
                )
            case .bitmapAcknowledgement(let body):
                acknowledgement = HeardAcknowledgement(
                    flowID: body.flowID,
                    blocks: body.bufferBlocksAvailable,
                    cumulative: body.cumulativeAcknowledgement,
                    ranges: body.ranges,
                    isBitmap: true,
                    payloadLength: chunk.payload.count,
                    exceptionCode: exception?.flowID == body.flowID ? exception?.exceptionCode : nil,
                    packet: packet,
                    at: at
                )
            default:
                exception = nil
                continue
            }
            exception = nil
            found.append(acknowledgement)
        }
        return found
    }
}
