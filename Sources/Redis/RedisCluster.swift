/// The servers behind one address: a server by itself, a proxy, or a node of a cluster whose redirections are followed.
///
/// It blocks its thread, and belongs to it.
final class RedisCluster {
    private let address: RedisAddress
    private let patience: Duration
    private var connections: [RedisAddress: RedisConnection] = [:]
    /// Who has the slots, as far as a redirection has told.
    private var owners: [Int: RedisAddress] = [:]

    /// Redirections of one command at most.
    private static let maximumRedirections = 5
    /// Servers at most; a cluster that names more is not followed any further.
    private static let maximumServers = 128

    init(_ address: RedisAddress, patience: Duration) {
        self.address = address
        self.patience = patience
    }

    /// Connects if there is no connection.
    func connect() throws(RedisFailure) {
        _ = try connection(to: address)
    }

    /// Closes the connections.
    func disconnect() {
        connections.removeAll()
        owners.removeAll()
    }

    /// Carries out commands. After a failure of one server its connection is given up, and made anew for the next command.
    ///
    /// - Parameter each: takes what came of each, as it comes, once for every index of `commands`: none is kept until
    ///   the last has come, so that long ones are not all in memory at a time.
    func run(_ commands: [RedisCommand], _ each: (Int, Result<RedisReply, RedisFailure>) -> Void) {
        let places = Dictionary(grouping: commands.indices) { index in
            commands[index].slot.flatMap { owners[$0] } ?? address
        }
        var redirected: [(index: Int, reply: RedisReply)] = []
        for (server, indices) in places {
            var left = indices[...]
            do throws(RedisFailure) {
                try run(indices.map { commands[$0] }, on: server) { reply in
                    guard let index = left.popFirst() else { return }
                    if Redirection(reply) == nil {
                        each(index, result(of: reply))
                    } else {
                        redirected.append((index, reply))
                    }
                }
            } catch {
                for index in left { each(index, .failure(error)) }
            }
        }
        for (index, reply) in redirected { each(index, follow(reply, of: commands[index])) }
    }

    private func follow(_ reply: RedisReply, of command: RedisCommand) -> Result<RedisReply, RedisFailure> {
        var reply = reply
        for _ in 0..<Self.maximumRedirections {
            guard let redirection = Redirection(reply) else { break }
            if redirection.isLasting { owners[redirection.slot] = redirection.server }
            let asking = redirection.isLasting ? [] : [RedisCommand([Array("ASKING".utf8)], key: nil)]
            do throws(RedisFailure) {
                try run(asking + [command], on: redirection.server) { reply = $0 }
            } catch {
                return .failure(error)
            }
        }
        return result(of: reply)
    }

    /// What a reply comes to: a server may be there and unable to do what it does else, as it loads its data, has lost its
    /// cluster, is full or may only be read.
    private func result(of reply: RedisReply) -> Result<RedisReply, RedisFailure> {
        if let text = reply.errorText,
            ["LOADING", "CLUSTERDOWN", "TRYAGAIN", "MASTERDOWN", "READONLY", "MISCONF", "OOM", "MOVED", "ASK"]
                .contains(where: text.hasPrefix)
        {
            return .failure(.unreachable(text))
        }
        return .success(reply)
    }

    private func run(
        _ commands: [RedisCommand],
        on server: RedisAddress,
        _ each: (RedisReply) -> Void
    ) throws(RedisFailure) {
        let connection = try connection(to: server)
        do throws(RedisFailure) {
            try connection.run(commands, each)
        } catch {
            connections[server] = nil
            // Another server may have taken over its slots.
            owners = owners.filter { $0.value != server }
            throw error
        }
    }

    private func connection(to server: RedisAddress) throws(RedisFailure) -> RedisConnection {
        if let connection = connections[server] { return connection }
        guard connections.count < Self.maximumServers else { throw .unreachable("the cluster has too many servers") }
        do throws(RedisFailure) {
            let connection = try RedisConnection(server, patience: patience)
            connections[server] = connection
            return connection
        } catch {
            owners = owners.filter { $0.value != server }
            throw error
        }
    }
}

/// A node's word that another one has the slot: `MOVED 3999 127.0.0.1:6381`.
private struct Redirection {
    let slot: Int
    let server: RedisAddress
    /// Whether later commands for the slot go there as well.
    let isLasting: Bool

    init?(_ reply: RedisReply) {
        let words = reply.errorText?.split(separator: " ") ?? []
        guard words.count >= 3, words[0] == "MOVED" || words[0] == "ASK", let slot = Int(words[1]),
            (0..<16_384).contains(slot), let colon = words[2].lastIndex(of: ":"),
            let server = RedisAddress("[\(words[2][..<colon])]\(words[2][colon...])")
        else { return nil }
        self.slot = slot
        self.server = server
        isLasting = words[0] == "MOVED"
    }
}
