import HLSP2P
import RTMFP
import Redis

/// What is done to one resource in Redis: scripts, each of which is run as a whole, so that nobody sees half of it.
///
/// The list of a resource stands under its name and the set of all names under `cumulus_app`, as the original has them.
/// What is kept besides stands in keys of its own, in the same slot of a cluster as the list:
///
/// | key | holds |
/// | --- | --- |
/// | `hlsp2p:leases:…` | sorted set: until when a peer stays in the list unless its rendezvous says more, in seconds since 1970; negative, for a peer that was taken off the list although its session goes on |
/// | `hlsp2p:hosts:…` | hash: the host at which a peer was seen |
struct RegistryScripts {
    private let list: [UInt8]
    private let leases: [UInt8]
    private let hosts: [UInt8]

    /// Makes them; nil if the name cannot have keys in the same slot: one with a closing brace that ends no pair.
    init?(_ resource: ResourceName) {
        let name = Array(resource.text.utf8)
        list = name
        let suffix: [UInt8]
        if Self.hasTag(name) {
            suffix = name
        } else {
            guard !name.contains(UInt8(ascii: "}")) else { return nil }
            suffix = [UInt8(ascii: "{")] + name + [UInt8(ascii: "}")]
        }
        leases = Array("\(ResourceName.reservedPrefix)leases:".utf8) + suffix
        hosts = Array("\(ResourceName.reservedPrefix)hosts:".utf8) + suffix
    }

    /// Whether a part of the name in braces, rather than all of it, decides about its slot.
    private static func hasTag(_ name: [UInt8]) -> Bool {
        guard let open = name.firstIndex(of: UInt8(ascii: "{")) else { return false }
        let inner = name[(open + 1)...]
        return inner.firstIndex(of: UInt8(ascii: "}")).map { $0 > open + 1 } ?? false
    }

    /// Puts a peer at the head of the list. Where there is no list but something else, nothing is written.
    func register(_ peerID: PeerID, host: SocketAddress.IP?, until lease: Int) -> RedisCommand {
        script(
            """
            redis.call('LLEN', KEYS[1])
            redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
            if ARGV[3] ~= '' then redis.call('HSET', KEYS[3], ARGV[1], ARGV[3]) end
            return redis.call('LPUSH', KEYS[1], ARGV[1])
            """,
            [octets(peerID), octets(lease), host.map(Self.octets) ?? []]
        )
    }

    /// Takes one occurrence of a peer off the list, whose session has ended. Others have leases as before.
    func unregister(_ peerID: PeerID) -> RedisCommand {
        script(
            """
            local removed = redis.call('LREM', KEYS[1], 1, ARGV[1])
            if type(redis.pcall('LPOS', KEYS[1], ARGV[1])) ~= 'number' then
                redis.pcall('ZREM', KEYS[2], ARGV[1])
                redis.pcall('HDEL', KEYS[3], ARGV[1])
            end
            return removed
            """,
            [octets(peerID)]
        )
    }

    /// Keeps peers whose sessions go on in the list, and puts those back there which Redis has lost. Then takes off whose
    /// lease has run out, for readers that know of no leases.
    func renew(_ peers: some Sequence<PeerID>, until lease: Int, now: Int) -> RedisCommand {
        script(
            """
            for index = 3, #ARGV do
                local lease = redis.call('ZSCORE', KEYS[2], ARGV[index])
                if lease and tonumber(lease) < 0 then
                    redis.call('ZADD', KEYS[2], -ARGV[2], ARGV[index])
                else
                    redis.call('ZADD', KEYS[2], ARGV[2], ARGV[index])
                    if not lease then
                        redis.call('LREM', KEYS[1], 0, ARGV[index])
                        redis.call('LPUSH', KEYS[1], ARGV[index])
                    end
                end
            end

            """ + Self.expiry + "return redis.status_reply('OK')",
            [octets(now), octets(lease)] + peers.map(octets)
        )
    }

    /// Takes one occurrence of a peer off the list although its session may go on. Not even a server without memory, which
    /// takes nothing in, keeps it.
    func remove(_ peerID: PeerID, askedBy host: SocketAddress.IP?) -> RedisCommand {
        script(
            """
            local host = redis.pcall('HGET', KEYS[3], ARGV[1])
            if type(host) == 'string' and ARGV[2] ~= '' and host ~= ARGV[2] then return 0 end
            local removed = redis.call('LREM', KEYS[1], 1, ARGV[1])
            local lease = redis.pcall('ZSCORE', KEYS[2], ARGV[1])
            local isLast = type(redis.pcall('LPOS', KEYS[1], ARGV[1])) ~= 'number'
            if isLast and type(lease) == 'string' and tonumber(lease) > 0 then
                redis.pcall('ZADD', KEYS[2], -lease, ARGV[1])
            end
            return removed
            """,
            [octets(peerID), host.map(Self.octets) ?? []]
        )
    }

    /// Peers of the list: `size` of them, beginning `start` after the head and going on at the head behind the tail; or
    /// all, if there are fewer.
    func peers(atMost size: Int, start: Int, now: Int) -> RedisCommand {
        script(
            Self.expiry + """
                local length = redis.call('LLEN', KEYS[1])
                local size = tonumber(ARGV[2])
                if size < 1 then return {} end
                if size >= length then return redis.call('LRANGE', KEYS[1], 0, -1) end
                local start = ARGV[3] % length
                local peers = redis.call('LRANGE', KEYS[1], start, start + size - 1)
                if #peers < size then
                    for _, peer in ipairs(redis.call('LRANGE', KEYS[1], 0, size - #peers - 1)) do
                        peers[#peers + 1] = peer
                    end
                end
                return peers
                """,
            [octets(now), octets(size), octets(start)]
        )
    }

    /// How long the list is.
    func count(now: Int) -> RedisCommand {
        script(Self.expiry + "return redis.call('LLEN', KEYS[1])", [octets(now)])
    }

    /// Takes peers off the list whose lease has run out, and tells how many there may still be.
    func sweep(now: Int) -> RedisCommand {
        script(Self.expiry + "return redis.call('ZCOUNT', KEYS[2], -ARGV[1], ARGV[1])", [octets(now)])
    }

    /// Takes the peers off the list whose lease has run out, some at a time. A server that may only be read keeps them.
    private static let expiry = """
        local ended = redis.pcall('ZRANGEBYSCORE', KEYS[2], -ARGV[1], ARGV[1], 'WITHSCORES', 'LIMIT', 0, 100)
        for index = 1, #ended, 2 do
            if tonumber(ended[index + 1]) > 0 then redis.pcall('LREM', KEYS[1], 0, ended[index]) end
            redis.pcall('ZREM', KEYS[2], ended[index])
            redis.pcall('HDEL', KEYS[3], ended[index])
        end

        """

    private func script(_ text: String, _ arguments: [[UInt8]]) -> RedisCommand {
        .script(text, keys: [list, leases, hosts], arguments)
    }

    private func octets(_ peerID: PeerID) -> [UInt8] { Array(peerID.description.utf8) }
    private func octets(_ number: Int) -> [UInt8] { Array("\(number)".utf8) }

    private static func octets(_ host: SocketAddress.IP) -> [UInt8] {
        Array(SocketAddress(host, port: 0).octets.map { String($0) }.joined(separator: ".").utf8)
    }
}
