import ArgumentParser
import Conformance
import Links
import RTMFP

/// Finds out what answers at a target.
struct Discovery {
    /// The only family of addresses to use; nil for both.
    let family: AddressFamily?
    let options: Checker.Options

    /// The checker for what answers at a target; nil, and a word about it, if that is only HTTP.
    func checker(for argument: TargetArgument, named name: String) throws -> Checker? {
        let address: SocketAddress
        do {
            address = try argument.resolve(family)
        } catch {
            throw fail(.unreachable, "\(error)")
        }
        let speaksHTTP =
            argument.scheme != .rtmfp && HTTPGreeting.answers(at: address, within: .seconds(1) * options.timeoutScale)
        if speaksHTTP { say("\(name) answers HTTP; there are no cases for trackers yet") }
        if argument.scheme == .http {
            guard speaksHTTP else { throw fail(.unreachable, "\(name) does not answer HTTP") }
            return nil
        }
        let arena = LiveArena(
            network: UDPNetwork(),
            target: Target(address, uri: argument.uri),
            targetArgument: name == "embedded reference" ? "" : argument.description
        )
        do {
            let checker = try Checker(arena: arena, options: options)
            if let obstacle = checker.survey.obstacle { say("\(name) opens no session: \(obstacle)") }
            return checker
        } catch let unreachable as Unreachable {
            if speaksHTTP, argument.scheme == .any { return nil }
            throw fail(.unreachable, "\(unreachable)")
        }
    }
}
