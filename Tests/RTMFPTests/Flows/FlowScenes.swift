import RTMFP

/// A scene for every rule about flows.
enum FlowScenes {
    typealias Fault = ConductTests.Fault

    static let receiving = [
        Fault(.flowHasMetadata) { conduct in
            try RawClient(conduct).say(RawClient.data(2, forward: 1)).exceptions.isEmpty
        },
        Fault(.associationOpen) { conduct in
            let options = [Option.value(type: 0, []), .value(type: 10, [77])]
            return try RawClient(conduct).say(RawClient.data(1, options: options)).exceptions.isEmpty
        },
        Fault(.flowOptionsKnown) { conduct in
            let options = [Option.value(type: 0, []), .value(type: 9, [])]
            return try RawClient(conduct).say(RawClient.data(1, options: options)).exceptions.isEmpty
        },
        Fault(forgiving: .roomForFlow) { conduct in
            let world = try RawClient(conduct) { $0.flows.maximumReceivingFlows = 1 }
            world.say(RawClient.data(1))
            return !world.say(RawClient.data(1, flow: 6), hearing: .seconds(1)).acknowledgements.isEmpty
        },
        Fault(forgiving: .fragmentNew) { conduct in
            let world = try RawClient(conduct)
            world.say(RawClient.data(1))
            world.say(RawClient.data(1))
            return world.pair.serverEvents().messages.count > 1
        },
        late(.newFlowAcknowledgedAtOnce) { [$0.say(RawClient.data(1))] },
        late(.closedFlowAcknowledgedAtOnce, .duplicateAcknowledgedAtOnce) { world in
            world.say(RawClient.data(1, UserDataFlags(final: true)))
            return [world.say(RawClient.data(1))]
        },
        late(.abandonedAcknowledgedAtOnce) { world in
            world.say(RawClient.data(1))
            return [world.say(RawClient.data(2, forward: 2, UserDataFlags(abandon: true), carrying: []))]
        },
        late(.gapAcknowledgedAtOnce) { world in
            world.say(RawClient.data(1))
            return [world.say(RawClient.data(3))]
        },
        late(.duplicateAcknowledgedAtOnce) { world in
            world.say(RawClient.data(1))
            return [world.say(RawClient.data(1))]
        },
        late(.finalAcknowledgedAtOnce) { world in
            world.say(RawClient.data(1))
            return [world.say(RawClient.data(2, UserDataFlags(final: true)))]
        },
        late(.secondPacketAcknowledgedAtOnce) { world in
            world.say(RawClient.data(1))
            world.say(RawClient.data(2), hearing: .milliseconds(5))
            return [world.say(RawClient.data(3))]
        },
        late(.probeAcknowledged) { world in
            world.say(RawClient.data(1))
            return [world.say(.bufferProbe(BufferProbe(flowID: 5)))]
        },
        late(.smallWindowAcknowledgedAtOnce, configure: { $0.flows.receiveBuffer = 1024 }) { world in
            world.say(RawClient.data(1))
            return [world.say(RawClient.data(2))]
        },
    ]

    static let sending = [
        Fault(.windowOpen) { conduct in
            let world = try RawClient(conduct)
            let flow = try world.serve([[1]])
            world.hear()
            world.say(RawClient.acknowledgement(1, blocks: 0))
            world.pair.server.write([2], on: flow, at: world.now)
            return !world.hear().fragments.isEmpty
        },
        Fault(forgiving: .budgetAllows) { conduct in
            let world = try RawClient(conduct)
            _ = try world.serve([octets(20_000)])
            return world.hear().fragments.reduce(0) { $0 + $1.data.userData.count } > 5_000
        },
        Fault(forgiving: .burstAllows) { conduct in
            let world = try RawClient(conduct)
            let flow = try world.serve([])
            for _ in 0..<8 {
                world.pair.server.write([1], on: flow, at: world.now)
                world.hear(.milliseconds(1))
            }
            return world.hear().fragments.contains { $0.number > 6 }
        },
        Fault(.lostAfterThreePassedOver) { conduct in
            let world = try RawClient(conduct)
            let flow = try world.serve([])
            for _ in 0..<5 {
                world.pair.server.write([1], on: flow, at: world.now)
                world.hear(.milliseconds(1))
            }
            world.hear()
            world.say(RawClient.acknowledgement(0, [2...3]), hearing: .milliseconds(1))
            return world.hear().fragments.contains { $0.number == 1 }
        },
        Fault(.neverSentNotAcknowledged) { conduct in
            let world = try RawClient(conduct)
            _ = try world.serve([octets(20_000)])
            world.hear()
            world.say(RawClient.acknowledgement(100))
            return world.hear(.seconds(5)).fragments.isEmpty
        },
        Fault(.exceptionClosesFlow) { conduct in
            let world = try RawClient(conduct)
            _ = try world.serve([[1]])
            world.hear()
            world.say(.flowExceptionReport(.init(flowID: 2, exceptionCode: 0)), RawClient.acknowledgement(1))
            return !world.pair.serverEvents().contains { if case .flowRejected = $0 { true } else { false } }
        },
        Fault(.suspendedSenderProbes) { conduct in
            let world = try RawClient(conduct)
            _ = try world.serve([[1]])
            world.hear()
            world.say(RawClient.acknowledgement(1, blocks: 0))
            return world.hear(.seconds(3)).probes.isEmpty
        },
    ]

    /// An acknowledgement that comes late, or never, once rules are turned round.
    private static func late(
        _ first: Rule,
        _ second: Rule? = nil,
        configure: @escaping @Sendable (inout Configuration) -> Void = { _ in },
        _ scene: @escaping @Sendable (RawClient) -> [[RawClient.Heard]]
    ) -> Fault {
        let shows: @Sendable (any Conduct) throws -> Bool = { conduct in
            try scene(RawClient(conduct, configure)).contains { $0.acknowledgements.isEmpty }
        }
        guard let second else { return Fault(first, shows: shows) }
        return Fault(first, second, shows: shows)
    }
}
