import Flash
import JSONSchema
import Testing

/// AMF as another implementation writes it (`known-answers.json`).
@Suite struct KnownAnswerTests {
    struct Answer: CustomTestStringConvertible, Sendable {
        let name: String
        let octets: [UInt8]
        let values: JSON
        let isAMF3: Bool
        let isExact: Bool
        var testDescription: String { "AMF\(isAMF3 ? 3 : 0): \(name)" }

        init(_ json: JSON) throws {
            name = try #require(json["name"]?.string)
            octets = try FlashTests.octets(#require(json["octets"]?.string))
            values = try #require(json["values"])
            isAMF3 = json["format"]?.number == 3
            isExact = json["exact"] == .bool(true)
        }
    }

    static let answers = Result { try #require(resource("known-answers")["answers"]?.array).map(Answer.init) }

    @Test func thereAreAnswersInBothFormats() throws {
        let answers = try KnownAnswerTests.answers.get()
        #expect(answers.filter(\.isAMF3).count > 30)
        #expect(answers.filter { !$0.isAMF3 }.count > 10)
    }

    @Test(arguments: (try? answers.get()) ?? [])
    func decodesToTheValuesAndBack(_ answer: Answer) throws {
        let limits = AMFLimits(references: .kept)
        let notation = try #require(answer.values.array)
        if answer.isAMF3 {
            let values = try [AMF3Value](amf3: answer.octets, limits: limits)
            #expect(values == (try notation.map(Notation.amf3)))
            #expect(!answer.isExact || hexadecimal(values.encoded) == hexadecimal(answer.octets))
            #expect(try [AMF3Value](amf3: values.encoded, limits: limits) == values)
        } else {
            let values = try [AMF0Value](amf0: answer.octets, limits: limits)
            #expect(values == (try notation.map(Notation.amf0)))
            #expect(!answer.isExact || hexadecimal(values.encoded) == hexadecimal(answer.octets))
            #expect(try [AMF0Value](amf0: values.encoded, limits: limits) == values)
        }
    }
}
