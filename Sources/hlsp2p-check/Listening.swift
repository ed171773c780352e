import ArgumentParser
import Conformance
import Fixtures
import Links
import RTMFP

/// Where to listen, as a user says it: `host:port`, with port 0 for any free one.
enum Listening {
    /// Starts the reference there.
    static func reference(
        at text: String,
        options: ReferenceDeployment.Options = ReferenceDeployment.Options()
    ) throws -> ReferenceDeployment {
        do {
            return try ReferenceDeployment(at: address(text), options: options)
        } catch let error as LinkError {
            throw fail(.unreachable, "\(error)")
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
