import ArgumentParser
import Conformance
import Links
import RTMFP

/// Clients to judge, as the command line says where they come from.
struct Clients {
    /// What reports call them.
    let name: String
    /// Says what the checker waits for, before a case begins.
    let announce: @Sendable (Case) -> Void
    private let arena: any Arena
    private let options: Checker.Options

    init(
        exec: String?,
        subscriber: String?,
        listen: String?,
        family: AddressFamily?,
        options: Checker.Options
    ) throws {
        self.options = options
        do {
            if let exec {
                arena = try ExecutedClients(
                    command: exec,
                    subscriber: subscriber,
                    family: family ?? .v4,
                    patience: .seconds(10) * options.timeoutScale
                )
                name = exec
                announce = { _ in }
            } else {
                let address = try Listening.address(listen ?? "", family)
                guard address.ip != SocketAddress.unspecified(address.family).ip else {
                    throw fail(.usage, "--listen needs an address that clients can connect to, not every address")
                }
                let clients = try AwaitedClients(at: address, patience: .seconds(30) * options.timeoutScale)
                let uri = "rtmfp://\(clients.address)/"
                arena = clients
                name = "clients at \(uri)"
                say("waiting for a client at \(uri)")
                announce = { say("waiting for a client at \(uri): \($0.id)") }
            }
        } catch let error as ExecutedClients.Malformed {
            throw fail(.usage, "\(error)")
        } catch let error as LinkError {
            throw fail(.unreachable, "\(error)")
        }
    }

    /// Meets the first client, and finds out what it can do.
    func checker() throws -> Checker {
        do {
            let checker = try Checker(arena: arena, options: options)
            if let obstacle = checker.survey.obstacle { say("\(name) opens no session: \(obstacle)") }
            return checker
        } catch let unreachable as Unreachable {
            throw fail(.unreachable, "\(unreachable)")
        } catch let refusal as CannotCall {
            throw fail(.unreachable, "\(refusal)")
        }
    }
}
