import Flash
import JSONSchema
import RTMFP
import Testing

/// Messages that other implementations sent, and what an independent decoder says about them.
@Suite struct CapturedMessageTests {
    struct Captured: CustomTestStringConvertible, Sendable {
        let json: JSON
        let octets: [UInt8]
        let metadata: [UInt8]
        var testDescription: String {
            "\(json["capture"]?.string ?? ""): type \(json["type"]?.number ?? 0) \(json["values"]?["0"]?.string ?? "")"
        }

        init(_ json: JSON) throws {
            self.json = json
            octets = try FlashTests.octets(#require(json["octets"]?.string))
            metadata = try FlashTests.octets(#require(json["metadata"]?.string))
        }
    }

    static let all = Result { try #require(resource("captured-messages").array).map(Captured.init) }

    @Test func thereAreMessagesOfEveryType() throws {
        let types = Set(try CapturedMessageTests.all.get().compactMap { $0.json["type"]?.number })
        #expect(types == [4, 8, 9, 15, 17, 18, 20])
    }

    @Test(arguments: (try? all.get()) ?? [])
    func isReadAsTheOtherDecoderReadIt(_ captured: Captured) throws {
        #expect(try FlowMetadata(decoding: captured.metadata).encoded == captured.metadata)
        let message = try Message(decoding: captured.octets)
        #expect(message.encoded == captured.octets)
        #expect(Double(message.type.rawValue) == captured.json["type"]?.number)
        #expect(Double(message.timestamp) == captured.json["timestamp"]?.number)
        switch message.type {
        case .command, .commandExtended:
            let command = try Command(decoding: message)
            #expect(JSON.array(command.values.map(json)) == captured.json["values"])
            #expect(try Command(decoding: command.message(timestamp: message.timestamp)) == command)
        case .data, .dataExtended:
            let data = try DataMessage(decoding: message)
            #expect(JSON.array(([.string(data.handler)] + data.arguments).map(json)) == captured.json["values"])
            #expect(try DataMessage(decoding: data.message()) == data)
        case .userControl:
            let event = try UserControl(decoding: message)
            #expect(Double(event.event) == captured.json["event"]?.number)
            #expect(hexadecimal(Array(message.payload.dropFirst(2))) == captured.json["parameters"]?.string)
            #expect(event.message.payload == message.payload)
        default:
            #expect(message.type.isMedia)
        }
    }

    /// A value in the notation of that decoder.
    private func json(_ value: AMF0Value) -> JSON {
        switch value {
        case .number(let number): json(number)
        case .boolean(let flag): .bool(flag)
        case .string(let text), .xmlDocument(let text): .string(text)
        case .object(let members), .typedObject(_, let members): object(members.map { ($0.name, json($0.value)) })
        case .ecmaArray(let members):
            .object(["__ecma_array": object(members.map { ($0.name, json($0.value)) })])
        case .strictArray(let elements): .array(elements.map(json))
        case .avmplus(let value): json(value)
        case .null, .undefined, .unsupported, .reference, .date: .null
        }
    }

    private func json(_ value: AMF3Value) -> JSON {
        switch value {
        case .integer(let integer): .number(Double(integer))
        case .double(let double): json(double)
        case .boolean(let flag): .bool(flag)
        case .string(let text): .string(text)
        case .byteArray(let octets): .object(["__bytes": .string(hexadecimal(octets))])
        case .array(let array): .array(array.dense.map(json))
        case .object(let value): object((value.sealed + (value.dynamic ?? [])).map { ($0.name, json($0.value)) })
        default: .null
        }
    }

    private func json(_ number: Double) -> JSON {
        number.isFinite ? .number(number) : .object(["__number": .string(number < 0 ? "-Infinity" : "Infinity")])
    }

    private func object(_ members: [(String, JSON)]) -> JSON {
        .object(Dictionary(members) { first, _ in first })
    }
}
