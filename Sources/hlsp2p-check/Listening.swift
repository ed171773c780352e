import ArgumentParser
import Conformance
import Fixtures
import Links
import RTMFP

/// Where to listen, as a user says it: `host:port`, with port 0 for any free one.
enum Listening {
    /// Starts something that listens; a failure to do so ends the program.
    static func start<Listener>(_ body: () throws -> Listener) throws -> Listener {
        do {
            return try body()
        } catch let error as LinkError {
            throw fail(.unreachable, "\(error)")
        } catch let error as LivePeer.Malformed {
            throw fail(.usage, "\(error)")
        }
    }

    /// The address that the user means.
    static func address(_ text: String, _ family: AddressFamily? = nil) throws -> SocketAddress {
        do {
            let isAnyPort = text.hasSuffix(":0")
            var address = try TargetArgument(isAnyPort ? text.dropLast() + "1" : text).resolve(family)
            if isAnyPort { address.port = 0 }
            return address
        } catch {
            throw fail(.usage, "\(error)")
        }
    }
}
