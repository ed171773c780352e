import Conformance
import Dispatch
import Redis
import Synchronization

/// A tracker's registry in a real Redis, as the checker writes to it.
final class RedisAccess: RegistryAccess {
    private let store: RedisStore
    private let address: RedisAddress

    init(_ address: RedisAddress) {
        self.address = address
        store = RedisStore(address)
    }

    func run(_ command: [[UInt8]]) throws -> RegistryReply {
        let result = Mutex<Result<RedisReply, RedisFailure>?>(nil)
        let arrival = DispatchSemaphore(value: 0)
        // The store gives up by itself in time.
        return try withExtendedLifetime(result) {
            store.submit(RedisCommand(command)) { [arrival] outcome in
                result.withLock { $0 = outcome }
                arrival.signal()
            }
            arrival.wait()
            switch result.withLock(\.self) {
            case .success(let reply)?: return RegistryReply(reply)
            case .failure(let failure)?: throw RegistryFailure(description: "\(address): \(failure)")
            case nil: throw RegistryFailure(description: "\(address) says nothing")
            }
        }
    }
}

extension RegistryReply {
    fileprivate init(_ reply: RedisReply) {
        self =
            switch reply {
            case .status(let text): .status(text)
            case .error(let text): .error(text)
            case .integer(let number): .integer(number)
            case .string(let octets): .octets(octets)
            case .null: .null
            case .array(let elements): .array(elements.map { RegistryReply($0) })
            }
    }
}
