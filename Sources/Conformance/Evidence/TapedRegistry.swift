import Links

/// A registry like another one, with what it was asked for, and what it said to that, on tape.
struct TapedRegistry: RegistryAccess {
    private let registry: any RegistryAccess
    private let tape: OneThread<Tape>
    private let clock: any StreamNetwork

    /// - Parameter clock: tells the time.
    init(_ registry: any RegistryAccess, _ tape: Tape, _ clock: any StreamNetwork) {
        self.registry = registry
        self.tape = OneThread(value: tape)
        self.clock = clock
    }

    func run(_ command: [[UInt8]]) throws -> RegistryReply {
        let reply = Result<RegistryReply, RegistryFailure> {
            () throws(RegistryFailure) in
            do {
                return try registry.run(command)
            } catch {
                throw error as? RegistryFailure ?? RegistryFailure(description: "\(error)")
            }
        }
        let words = command.map { String(decoding: $0, as: UTF8.self) }
        tape.value.add(.consulted(command: words, reply), at: clock.now)
        return try reply.get()
    }
}
