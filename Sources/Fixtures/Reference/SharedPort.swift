import Links

/// One port for what listens to datagrams and what listens to connections.
enum SharedPort {
    /// Starts both. Where any port will do, somebody may have the TCP port whose UDP port the system offers: then another
    /// one is tried.
    ///
    /// - Parameters:
    ///   - isAny: whether any port will do.
    ///   - start: begins with the UDP port, and gives it back if the TCP port cannot be had.
    /// - Throws: what `start` throws.
    static func start<Started>(isAny: Bool, _ start: () throws -> Started) throws -> Started {
        for _ in 1..<(isAny ? 10 : 1) {
            do { return try start() } catch LinkError.unavailable { continue }
        }
        return try start()
    }
}
