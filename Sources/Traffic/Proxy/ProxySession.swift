import RTMFP

/// A session that the proxy sits in the middle of: two sessions, one towards each end, that carry the same chunks.
final class ProxySession {
    /// The session with one of the ends.
    struct Leg {
        /// The session ID of datagrams to the proxy.
        let nearID: UInt32
        /// The socket that the end sends to.
        var port: Int
        /// Where the end is.
        var far: SocketAddress
        /// The session ID of datagrams to the end; 0 until it is known.
        var farID: UInt32 = 0
        var opener: PacketOpener?
        var sealer: PacketSealer?
    }

    /// What the initiator asked for.
    let asked: IIKeying
    /// Stand-ins for the initiator's certificate and the responder's.
    let standIns: (initiator: StandIn, responder: StandIn)
    /// The session's group.
    let group: UInt64
    /// The proxy's component towards the responder.
    let component: MirroredComponent
    /// What the proxy asks the responder for.
    var asking: IIKeying
    /// What the proxy answered the initiator; nil until the responder has answered.
    var answer: RIKeying?
    var initiator: Leg
    var responder: Leg

    init(
        asked: IIKeying,
        asking: IIKeying,
        standIns: (initiator: StandIn, responder: StandIn),
        group: UInt64,
        component: MirroredComponent,
        initiator: Leg,
        responder: Leg
    ) {
        self.asked = asked
        self.asking = asking
        self.standIns = standIns
        self.group = group
        self.component = component
        self.initiator = initiator
        self.responder = responder
    }

    /// Takes the responder's answer: makes the keys of both sessions, and the answer to the initiator.
    ///
    /// - Returns: the keys; nil if the answer cannot be used.
    func open(
        _ keying: RIKeying,
        using random: inout some RandomNumberGenerator
    ) -> [KeyLogEntry]? {
        guard let far = try? KeyingComponent(decoding: keying.sessionKeyResponderComponent),
            let asked = try? KeyingComponent(decoding: self.asked.sessionKeyInitiatorComponent),
            let responderKey = far.ephemeralKey?.publicKey ?? standIns.responder.original.staticKeys[group],
            let initiatorKey = asked.ephemeralKey?.publicKey ?? standIns.initiator.original.staticKeys[group],
            let mirrored = MirroredComponent(
                of: keying.sessionKeyResponderComponent,
                group: group,
                standIn: standIns.responder,
                using: &random
            )
        else { return nil }
        let towardsResponder = SessionKeys(
            secret: component.pair.sharedSecretUnchecked(with: responderKey),
            nearComponent: component.encoded,
            farComponent: keying.sessionKeyResponderComponent
        )
        let towardsInitiator = SessionKeys(
            secret: mirrored.pair.sharedSecretUnchecked(with: initiatorKey),
            nearComponent: mirrored.encoded,
            farComponent: self.asked.sessionKeyInitiatorComponent
        )
        responder.farID = keying.responderSessionID
        answer = RIKeying(
            responderSessionID: initiator.nearID,
            sessionKeyResponderComponent: mirrored.encoded,
            signature: keying.signature
        )
        return [
            open(&responder, as: .initiator, towardsResponder, near: component.component, far: far),
            open(&initiator, as: .responder, towardsInitiator, near: mirrored.component, far: asked),
        ]
    }

    private func open(
        _ leg: inout Leg,
        as role: Role,
        _ keys: SessionKeys,
        near: KeyingComponent,
        far: KeyingComponent
    ) -> KeyLogEntry {
        let (sending, receiving) = (keys.sending(near: near, far: far), keys.receiving(near: near, far: far))
        leg.sealer = PacketSealer(sending)
        leg.opener = PacketOpener(receiving)
        return KeyLogEntry(
            role: role,
            address: leg.far,
            nearSessionID: leg.nearID,
            farSessionID: leg.farID,
            sending: sending,
            receiving: receiving,
            keys: keys
        )
    }
}
