import ArgumentParser
import Conformance
import Links
import RTMFP
import Redis

/// Finds out what answers at targets.
struct Discovery {
    /// Something that answers, and what judges it.
    struct Found {
        let role: Case.Role
        let name: String
        let checker: Checker
    }

    /// A target with the address that it resolves to.
    private struct Place {
        let argument: TargetArgument
        let name: String
        let address: SocketAddress
        let speaksHTTP: Bool

        var isEmbedded: Bool { name == Discovery.embedded }
        /// The name, as that of a folder.
        var folderName: String {
            String(name.prefix(100).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" })
        }
    }

    /// What reports call the reference that runs inside of this process.
    static let embedded = "embedded reference"

    /// The only family of addresses to use; nil for both.
    let family: AddressFamily?
    let options: Checker.Options
    /// The registry of the trackers, if the checker may write to it.
    var redis: RedisAddress?
    /// The roles that cases were selected for.
    let roles: Set<Case.Role>

    /// The checkers for what answers at targets: rendezvous first, then trackers, which may share their registry.
    func checkers(for arguments: [TargetArgument], named names: [String]) throws -> [Found] {
        let places = try zip(arguments, names).map { try place($0, $1) }
        var found: [Found] = []
        var rendezvous: [SocketAddress: Target] = [:]
        let candidates = places.filter { $0.argument.scheme != .http }
        for (index, place) in candidates.enumerated() {
            guard let checker = try checker(ofRendezvous: place, options(for: place, index, of: candidates.count))
            else {
                continue
            }
            rendezvous[place.address] = target(place)
            found.append(Found(role: .rendezvous, name: place.name, checker: checker))
        }
        let trackers = places.filter { $0.speaksHTTP && roles.contains(.tracker) }
        for (index, place) in trackers.enumerated() {
            let options = options(for: place, index, of: trackers.count)
            let companion =
                rendezvous[place.address] ?? places.lazy.compactMap { rendezvous[$0.address] }.first
            let checker = try checker(ofTracker: place, beside: companion, places, options)
            found.append(Found(role: .tracker, name: place.name, checker: checker))
        }
        return found.filter { roles.contains($0.role) }
    }

    /// Of several targets of a role, each fails the same cases in its own way: its captures have a folder of their own.
    private func options(for place: Place, _ index: Int, of count: Int) -> Checker.Options {
        var options = options
        if count > 1 { options.captures?.append("/\(index + 1)-\(place.folderName)") }
        return options
    }

    private func place(_ argument: TargetArgument, _ name: String) throws -> Place {
        let address: SocketAddress
        do {
            address = try argument.resolve(family)
        } catch {
            throw fail(.unreachable, "\(error)")
        }
        let patience = Interval.seconds(1) * options.timeoutScale
        let speaksHTTP = argument.scheme != .rtmfp && HTTPGreeting.answers(at: address, within: patience)
        if argument.scheme == .http, !speaksHTTP { throw fail(.unreachable, "\(name) does not answer HTTP") }
        return Place(argument: argument, name: name, address: address, speaksHTTP: speaksHTTP)
    }

    private func target(_ place: Place) -> Target {
        Target(place.address, uri: place.argument.uri)
    }

    /// Nil if only HTTP answers there, and nothing more was promised.
    private func checker(ofRendezvous place: Place, _ options: Checker.Options) throws -> Checker? {
        let arena = LiveArena(
            network: UDPNetwork(),
            target: target(place),
            targetArgument: place.isEmbedded ? "" : place.argument.description
        )
        do {
            let checker = try Checker(arena: arena, options: options)
            if let obstacle = checker.survey.obstacle { say("\(place.name) opens no session: \(obstacle)") }
            return checker
        } catch let unreachable as Unreachable {
            if place.speaksHTTP, place.argument.scheme == .any { return nil }
            throw fail(.unreachable, "\(unreachable)")
        }
    }

    private func checker(
        ofTracker place: Place,
        beside rendezvous: Target?,
        _ all: [Place],
        _ options: Checker.Options
    ) throws -> Checker {
        let companion = all.first { $0.address == rendezvous?.address && $0.address != place.address }
        let words =
            [place.isEmbedded ? "" : place.argument.description]
            + (companion.map { ["--target \($0.argument.description)"] } ?? [])
            + (redis.map { ["--redis \($0)"] } ?? [])
        let arena = LiveTracker(
            at: place.address,
            authority: place.argument.authority,
            rendezvous: rendezvous,
            registry: redis.map { RedisAccess($0) },
            targetArgument: words.joined(separator: " ")
        )
        do {
            let checker = try Checker(arena: arena, options: options)
            say("\(place.name): trackers are judged \(checker.survey.wayInWords)")
            return checker
        } catch let unreachable as Unreachable {
            throw fail(.unreachable, "\(unreachable)")
        }
    }
}

extension Survey {
    /// How peers are registered, for people.
    fileprivate var wayInWords: String {
        switch way {
        case .blackBox: "as black boxes: no peer can be registered; see --redis and --target"
        case .sessions: "with peers that connect to the rendezvous"
        case .registry: "with peers that are written into the registry"
        }
    }
}
