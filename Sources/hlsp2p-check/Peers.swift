import ArgumentParser
import Conformance
import HLSP2P
import Links
import RTMFP

/// Peers to judge, as the command line says where they come from.
struct Peers {
    /// What reports call them.
    let name: String
    /// Says what the checker waits for, before a case begins.
    let announce: @Sendable (Case) -> Void
    private let arena: any Arena
    private let options: Checker.Options

    init(exec: String?, listen: String?, family: AddressFamily?, options: Checker.Options) throws {
        self.options = options
        if let exec {
            do {
                let patience = Interval.seconds(15) * options.timeoutScale
                arena = try ExecutedPeers(command: exec, family: family ?? .v4, patience: patience)
            } catch {
                throw fail(.usage, "\(error)")
            }
            name = exec
            announce = { _ in }
        } else {
            let address = try Listening.address(listen ?? "", family)
            guard address.port != 0, address.ip != SocketAddress.unspecified(address.family).ip else {
                throw fail(.usage, "--listen needs an address with a port that peers can connect to")
            }
            let peers = AwaitedPeers(at: address, patience: .seconds(120) * options.timeoutScale)
            arena = peers
            name = "peers at \(address)"
            say(
                "start a peer for each case, with "
                    + peers.configuration.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            )
            announce = { say("waiting for a peer at \(address): \($0.id)") }
        }
    }

    /// A peer of somebody else's swarm, which the rendezvous that is the target introduces.
    init(introduced peer: String, by target: String, family: AddressFamily?, options: Checker.Options) throws {
        self.options = options
        guard let id = PeerID(text: peer.lowercased()) else {
            throw fail(.usage, "'\(peer)' is not the ID of a peer: 64 hexadecimal digits")
        }
        let argument: TargetArgument
        do {
            argument = try TargetArgument(target)
        } catch {
            throw fail(.usage, "\(error)")
        }
        guard argument.scheme != .http else {
            throw fail(.usage, "--peer goes with a rendezvous, rtmfp://host[:port][/app]; '\(target)' is a tracker")
        }
        do {
            arena = IntroducedPeer(id, by: argument, at: try argument.resolve(family))
        } catch {
            throw fail(.unreachable, "\(error)")
        }
        name = "peer \(id.description.prefix(7)) at \(target)"
        announce = { _ in }
    }

    /// Meets the first peer.
    func checker() throws -> Checker {
        do {
            return try Checker(arena: arena, options: options)
        } catch let unreachable as Unreachable {
            throw fail(.unreachable, "\(unreachable)")
        } catch let refusal as CannotCall {
            throw fail(.unreachable, "\(refusal)")
        } catch let error as LinkError {
            throw fail(.unreachable, "\(error)")
        }
    }
}
