import Fixtures
import Foundation

/// Inputs to begin with.
enum Seeds {
    /// Every octet string in hexadecimal in the vectors whose paths begin so.
    static func of(_ paths: String...) -> @Sendable () -> [[UInt8]] {
        {
            let files = Vectors.embedded.filter { file in paths.contains { file.path.hasPrefix($0) } }
            let documents = files.compactMap { try? $0.content.get().document }
            return Array(Set(documents.flatMap(octetStrings))).sorted { $0.lexicographicallyPrecedes($1) }
        }
    }

    /// The inputs of the vectors whose paths begin so: the texts that are these members, a line each.
    static func texts(_ path: String, _ members: String...) -> [[UInt8]] {
        let files = Vectors.embedded.filter { $0.path.hasPrefix(path) }.compactMap { try? $0.content.get() }
        let texts = files.flatMap(\.vectors).map { vector in
            members.map { name in
                guard case .object(let input) = vector.input, case .string(let text)? = input[name] else { return "" }
                return text
            }
        }
        return Set(texts.map { Array($0.joined(separator: "\n").utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The captures of the project, as far as they are short.
    @Sendable static func captures() -> [[UInt8]] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "captures")) ?? []
        return names.sorted().filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") }.compactMap { name in
            // The header of the file and the first frames.
            FileManager.default.contents(atPath: "captures/\(name)").map { Array($0.prefix(4096)) }
        }
    }

    /// The sessions in the project's key logs, one each.
    @Sendable static func keyLogs() -> [[UInt8]] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "captures")) ?? []
        return names.sorted().filter { $0.hasSuffix(".keys.jsonl") }.compactMap { name in
            let lines = FileManager.default.contents(atPath: "captures/\(name)")?.split(separator: 10)
            return lines?.first { String(decoding: $0, as: UTF8.self).contains("\"open\"") }.map { Array($0) }
        }
    }

    private static func octetStrings(_ value: JSONValue) -> [[UInt8]] {
        switch value {
        case .string(let text): octets(text).map { [$0] } ?? []
        case .array(let elements): elements.flatMap(octetStrings)
        case .object(let members): members.values.flatMap(octetStrings)
        default: []
        }
    }

    private static func octets(_ text: String) -> [UInt8]? {
        guard text.utf8.count >= 4, text.utf8.count % 2 == 0 else { return nil }
        var octets: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard rest.first?.isHexDigit ?? false, let octet = UInt8(rest.prefix(2), radix: 16) else { return nil }
            octets.append(octet)
            rest = rest.dropFirst(2)
        }
        return octets
    }
}
