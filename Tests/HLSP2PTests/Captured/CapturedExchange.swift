import Flash
import Foundation
import JSONSchema
import Meetings
import RTMFP
import Testing

/// What one end of a session between other implementations said: messages that an independent decoder put together.
struct CapturedExchange: CustomTestStringConvertible, Sendable {
    enum Sender: String {
        case client, server, peer
    }

    struct Line {
        let flow: Int
        let metadata: [UInt8]
        let isReturn: Bool
        let message: Message
    }

    let capture: String
    let sender: Sender
    private let json: JSON
    var testDescription: String { "\(capture): \(sender)" }

    static let all = Result {
        let url = try #require(Bundle.module.url(forResource: "captured-exchanges", withExtension: "json"))
        return try #require(JSON(contentsOf: url).array).map(CapturedExchange.init)
    }

    static func of(_ sender: Sender) -> [CapturedExchange] {
        ((try? all.get()) ?? []).filter { $0.sender == sender }
    }

    init(_ json: JSON) throws {
        self.json = json
        capture = try #require(json["capture"]?.string)
        sender = try #require(json["sender"]?.string.flatMap(Sender.init))
    }

    func lines() throws -> [Line] {
        try #require(json["messages"]?.array).map { line in
            Line(
                flow: Int(try #require(line["flow"]?.number)),
                metadata: try octets(#require(line["metadata"]?.string)),
                isReturn: line["association"] != .null,
                message: try Message(decoding: octets(#require(line["octets"]?.string)))
            )
        }
    }

    private func octets(_ text: String) throws -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        try #require(digits.count == text.count && digits.count % 2 == 0)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

/// A party that says what was captured.
final class Actor: Party {
    private var flows: [Int: FlowHandle] = [:]

    /// Says one line; on a flow in return to the first that came, if that was so.
    func say(_ line: CapturedExchange.Line, at now: Instant) throws {
        let flow = try flows[line.flow] ?? open(line, at: now)
        flows[line.flow] = flow
        #expect(endpoint.write(line.message.encoded, on: flow, at: now))
    }

    private func open(_ line: CapturedExchange.Line, at now: Instant) throws -> FlowHandle {
        let association = line.isReturn ? try #require(receivedFlows.first).flow : nil
        let session = try #require(session)
        return try #require(
            endpoint.openFlow(on: session, metadata: line.metadata, association: association, at: now)
        )
    }

    /// The commands that came.
    var commands: [Command] {
        messages.compactMap { (try? Message(decoding: $0.bytes)).flatMap { try? Command(decoding: $0) } }
    }
}
