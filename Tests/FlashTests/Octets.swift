import Foundation
import JSONSchema
import RTMFP
import Testing

/// The octets that `text` writes in hexadecimal; spaces do not matter.
func octets(_ text: String) throws -> [UInt8] {
    let digits = text.filter { $0 != " " }.compactMap(\.hexDigitValue)
    try #require(digits.count == text.filter { $0 != " " }.count && digits.count % 2 == 0, "not hexadecimal: \(text)")
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// Octets in hexadecimal.
func hexadecimal(_ octets: [UInt8]) -> String {
    octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

/// What a call throws.
func thrown(_ call: () throws(WireError) -> Void) -> WireError? {
    do throws(WireError) {
        try call()
        return nil
    } catch {
        return error
    }
}

/// A JSON file of the tests.
func resource(_ name: String) throws -> JSON {
    try JSON(contentsOf: #require(Bundle.module.url(forResource: name, withExtension: "json")))
}
