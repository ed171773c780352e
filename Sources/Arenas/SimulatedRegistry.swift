public import Conformance
public import Fixtures

/// Writes to the registry of a simulated world.
public struct SimulatedRegistry: RegistryAccess {
    private let store: RegistryStore

    /// - Parameter store: the world's.
    public init(store: RegistryStore) {
        self.store = store
    }

    public func run(_ command: [[UInt8]]) throws -> RegistryReply {
        switch store.run(command.map { String(decoding: $0, as: UTF8.self) }) {
        case .status(let text): .status(text)
        case .error(let text): .error(text)
        case .integer(let number): .integer(number)
        case .text(let text): .octets(Array(text.utf8))
        case .null: .null
        case .array(let elements): .array(elements.map { .octets(Array($0.utf8)) })
        }
    }
}
