/// Finds an endpoint's sessions by what packets say of them.
struct SessionIndex {
    private var byID: [UInt32: SessionHandle] = [:]
    private var byAddress: [SocketAddress: [SessionHandle]] = [:]
    private var byFingerprint: [[UInt8]: [SessionHandle]] = [:]

    /// The session, also an opening one, whose packets come to `id`.
    func session(receivingAt id: UInt32) -> SessionHandle? { byID[id] }

    /// The established sessions whose far end is at `address`, oldest first.
    func sessions(at address: SocketAddress) -> [SessionHandle] { byAddress[address] ?? [] }

    /// The established sessions whose far end has `fingerprint`, oldest first.
    func sessions(with fingerprint: [UInt8]) -> [SessionHandle] { byFingerprint[fingerprint] ?? [] }

    mutating func claim(_ id: UInt32, for handle: SessionHandle) {
        byID[id] = handle
    }

    mutating func release(_ id: UInt32) {
        byID[id] = nil
    }

    mutating func add(_ session: Session) {
        byID[session.nearSessionID] = session.handle
        byAddress[session.far, default: []].append(session.handle)
        byFingerprint[session.farFingerprint, default: []].append(session.handle)
    }

    mutating func remove(_ session: Session) {
        byID[session.nearSessionID] = nil
        leave(session.far, session.handle)
        byFingerprint[session.farFingerprint]?.removeAll { $0 == session.handle }
        if byFingerprint[session.farFingerprint]?.isEmpty ?? false { byFingerprint[session.farFingerprint] = nil }
    }

    mutating func move(_ session: Session, to address: SocketAddress) {
        leave(session.far, session.handle)
        byAddress[address, default: []].append(session.handle)
    }

    private mutating func leave(_ address: SocketAddress, _ handle: SessionHandle) {
        byAddress[address]?.removeAll { $0 == handle }
        if byAddress[address]?.isEmpty ?? false { byAddress[address] = nil }
    }
}
