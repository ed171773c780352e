internal import Flash
internal import RTMFP

/// What clients can call.
extension Rendezvous {
    /// Answers a call; one that nobody knows gets an error, and does no harm.
    func answer(_ command: Command, of client: RendezvousClient, at now: Instant) {
        let isKnown = command.name == "getParticipants"
        if conduct.judges(.methodKnown, holds: isKnown) {
            client.connection.answer(command, [participants(command, for: client)], at: now)
        } else {
            let status = Status(
                "NetConnection.Call.Failed",
                level: .error,
                "Method '\(command.name)' not found"
            )
            client.connection.fail(command, status, at: now)
        }
    }

    /// Connected clients of the resource that the first argument names, without the caller, in any order.
    private func participants(_ command: Command, for client: RendezvousClient) -> AMF0Value {
        let resource = command.arguments.first?.string.flatMap(ResourceName.init)
        let chosen = sample(of: resource.flatMap { participants[$0] } ?? []) { other in
            conduct.judges(.participantIsOther, holds: other !== client) && other.isConnected
        }.map(\.peerID.description)
        guard client.objectEncoding != 0 else {
            return .strictArray(
                chosen.map { .object([AMFMember("protocol", .string("rtmfp")), AMFMember("farID", .string($0))]) }
            )
        }
        let elements = chosen.map { farID in
            AMF3Value.anonymous([AMFMember("protocol", .string("rtmfp")), AMFMember("farID", .string(farID))])
        }
        return .avmplus(.array(AMF3Array(elements)))
    }

    /// Some of `clients` that are `suitable`, at random: all, if they are few. Costs no more if there are thousands.
    private func sample(
        of clients: [RendezvousClient],
        _ suitable: (RendezvousClient) -> Bool
    ) -> [RendezvousClient] {
        let wanted = configuration.maximumParticipants
        guard clients.count > 4 * wanted else {
            return Array(clients.shuffled(using: &random).filter(suitable).prefix(wanted))
        }
        var indices: Set<Int> = []
        var chosen: [RendezvousClient] = []
        for _ in 0..<(4 * wanted) where chosen.count < wanted {
            let index = Int.random(in: clients.indices, using: &random)
            if indices.insert(index).inserted, suitable(clients[index]) { chosen.append(clients[index]) }
        }
        return chosen
    }
}
