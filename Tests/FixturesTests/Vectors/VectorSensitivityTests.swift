import Fixtures
import Testing

/// Each thing that a vector says is looked at: said differently, the vector fails.
@Suite struct VectorSensitivityTests {
    /// What nothing here can look at yet.
    static let unseen = ["/flow"]
    /// Kinds whose inputs hold a claim.
    static let claims: Set = ["checksum", "key-derivation", "simple-password"]
    static let files = VectorTests.files

    @Test(arguments: files.map(\.path))
    func everyExpectationCounts(_ path: String) throws {
        let file = try #require(Self.files.first { $0.path == path })
        // One session is long enough.
        let count = ["session", "transcript", "swarm-transcript", "peer-transcript"].contains(file.kind) ? 1 : 2
        for vector in file.vectors.filter({ $0.result == .valid && $0.expected != nil }).prefix(count) {
            let expected = try #require(vector.expected)
            for pointer in leaves(of: expected) where !Self.unseen.contains(pointer) {
                let spoilt = try #require(expected.changed(at: pointer))
                #expect(try file.fails(vector.id, with: ["expected": spoilt]), "\(vector.id): \(pointer)")
            }
        }
    }

    @Test(arguments: files.filter { claims.contains($0.kind) }.map(\.path))
    func everyClaimCounts(_ path: String) throws {
        let file = try #require(Self.files.first { $0.path == path })
        let vector = try #require(file.vectors.first { $0.result == .valid && $0.input.description.count > 40 })
        for pointer in leaves(of: vector.input) {
            let spoilt = try #require(vector.input.changed(at: pointer))
            #expect(try file.fails(vector.id, with: ["input": spoilt]), "\(vector.id): \(pointer)")
        }
    }

    /// JSON Pointers of all values that are neither objects nor arrays with something in them.
    private func leaves(of value: JSONValue) -> [String] {
        switch value {
        case .object(let members) where !members.isEmpty:
            members.keys.sorted().flatMap { name in leaves(of: members[name] ?? .null).map { "/\(name)\($0)" } }
        case .array(let elements) where !elements.isEmpty:
            elements.enumerated().flatMap { index, element in leaves(of: element).map { "/\(index)\($0)" } }
        default:
            [""]
        }
    }
}

extension JSONValue {
    fileprivate var members: [String: JSONValue] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    /// This document with something else of the same kind at `pointer`.
    fileprivate func changed(at pointer: String) -> JSONValue? {
        changed(at: pointer.split(separator: "/")[...])
    }

    private func changed(at pointer: ArraySlice<Substring>) -> JSONValue? {
        guard let name = pointer.first else { return other }
        switch self {
        case .object(var members):
            guard let inner = members[String(name)]?.changed(at: pointer.dropFirst()) else { return nil }
            members[String(name)] = inner
            return .object(members)
        case .array(var elements):
            guard let index = Int(name), let inner = elements[index].changed(at: pointer.dropFirst()) else {
                return nil
            }
            elements[index] = inner
            return .array(elements)
        default:
            return nil
        }
    }

    /// Another value.
    private var other: JSONValue {
        switch self {
        case .null: .string("1234")
        case .bool(let value): .bool(!value)
        case .integer(let value): .integer(value == 0 ? 1 : value - 1)
        case .number(let value): .number(value + 1)
        case .string(let text):
            .string(text.isEmpty ? "12" : String(text.dropLast()) + (text.hasSuffix("1") ? "2" : "1"))
        case .array: .array([.null])
        case .object: .object(["1": .string("12")])
        }
    }
}
