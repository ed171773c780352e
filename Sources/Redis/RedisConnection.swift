internal import CHiredis

/// A connection to one Redis server; it blocks its thread, and belongs to it.
public final class RedisConnection {
    private let context: UnsafeMutablePointer<redisContext>

    /// Connects, and selects the database.
    ///
    /// - Parameter patience: how long to wait for the connection, and for every answer.
    /// - Throws: `RedisFailure.unreachable`.
    public init(_ address: RedisAddress, patience: Duration = .seconds(2)) throws(RedisFailure) {
        let timeout = timeval(patience)
        guard let context = redisConnectWithTimeout(address.host, Int32(address.port), timeout) else {
            throw .unreachable("no memory for a connection")
        }
        self.context = context
        guard context.pointee.err == 0, redisSetTimeout(context, timeout) == REDIS_OK else {
            throw .unreachable("\(address) says: \(Self.reason(context))")
        }
        guard address.database != 0 else { return }
        let reply = try run(["SELECT", "\(address.database)"])
        if let text = reply.errorText { throw .unreachable("\(address) has no such database: \(text)") }
    }

    deinit {
        redisFree(context)
    }

    /// Carries out a command.
    ///
    /// - Throws: `RedisFailure.lost`; the connection is of no use any more then.
    public func run(_ command: RedisCommand) throws(RedisFailure) -> RedisReply {
        try append(command)
        return try next()
    }

    /// Carries out commands, all of which are sent before the first answer is awaited.
    ///
    /// - Parameter each: takes each answer as it comes, in that order; it must not use this connection.
    /// - Throws: `RedisFailure.lost`; the connection is of no use any more then.
    public func run(_ commands: [RedisCommand], _ each: (RedisReply) -> Void) throws(RedisFailure) {
        for command in commands { try append(command) }
        for _ in commands { each(try next()) }
    }

    private func append(_ command: RedisCommand) throws(RedisFailure) {
        // One buffer holds all arguments, so that none has to be kept in place by itself.
        let joined = command.arguments.flatMap(\.self)
        let lengths = command.arguments.map(\.count)
        let status = joined.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var offset = 0
            for length in lengths {
                let start = buffer.baseAddress.map { UnsafeRawPointer($0 + offset) }
                pointers.append((start ?? UnsafeRawPointer(context)).assumingMemoryBound(to: CChar.self))
                offset += length
            }
            return redisAppendCommandArgv(context, Int32(lengths.count), &pointers, lengths)
        }
        guard status == REDIS_OK else { throw .lost(Self.reason(context)) }
    }

    private func next() throws(RedisFailure) -> RedisReply {
        var raw: UnsafeMutableRawPointer?
        guard redisGetReply(context, &raw) == REDIS_OK, let raw else { throw .lost(Self.reason(context)) }
        defer { freeReplyObject(raw) }
        return RedisReply(raw.assumingMemoryBound(to: redisReply.self).pointee)
    }

    private static func reason(_ context: UnsafeMutablePointer<redisContext>) -> String {
        var text = context.pointee.errstr
        let reason = withUnsafeBytes(of: &text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        // What hiredis calls a time-out: the system's word for a receive that has waited long enough.
        if reason == "Resource temporarily unavailable" { return "no answer in time" }
        return reason.isEmpty ? "the connection is broken" : reason
    }
}

extension RedisReply {
    /// hiredis accepts answers that are nested 7 deep at most, so that this ends.
    fileprivate init(_ reply: redisReply) {
        var octets: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: reply.str, count: reply.len) }
        switch reply.type {
        case REDIS_REPLY_STRING: self = .string(Array(octets))
        case REDIS_REPLY_STATUS: self = .status(String(decoding: octets, as: UTF8.self))
        case REDIS_REPLY_ERROR: self = .error(String(decoding: octets, as: UTF8.self))
        case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
        case REDIS_REPLY_ARRAY:
            self = .array(
                (0..<reply.elements).map { index in reply.element[index].map { RedisReply($0.pointee) } ?? .null }
            )
        default: self = .null
        }
    }
}

extension timeval {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.init(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
