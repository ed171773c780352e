import Flash
import HLSP2P

extension TrackerSaboteur {
    static let registration: [TrackerSaboteur] = listing + leaving + connecting

    private static let listing: [TrackerSaboteur] = [
        registers("sessions-never-registered") { _, _, _ in },
        TrackerSaboteur("registered-late") { fault in
            let memory = fault.memory
            // The first answer after it does not show it yet.
            fault.register = { store, id, name in
                memory[octets: "latest"] = Array(id.utf8)
                return TrackerFault().register(store, id, name)
            }
            fault.read = { store, name in (store.list(name) ?? []).filter { Array($0.utf8) != memory[octets: "latest"] }
            }
            fault.says = { _, _ in memory[octets: "latest"] = nil }
        },
        TrackerSaboteur("registered-under-another-id") { fault in
            @Sendable func other(_ id: String) -> String { id.dropLast() + (id.hasSuffix("0") ? "1" : "0") }
            fault.register = { store, id, name in TrackerFault().register(store, other(id), name) }
            fault.unregister = { store, id, name in TrackerFault().unregister(store, other(id), name) }
        },
        registers("registered-at-the-tail") { store, id, name in
            _ = store.run(["SADD", "cumulus_app", name])
            _ = store.run(["RPUSH", name, id])
        },
        registers("names-not-kept") { store, id, name in
            _ = store.run(["LPUSH", name, id])
        },
        registers("names-registered-in-ascii") { store, id, name in
            _ = TrackerFault().register(store, id, String(name.filter(\.isASCII)))
        },
    ]

    private static func registers(
        _ name: String,
        _ register: @escaping @Sendable (RegistryStore, String, String) -> Void
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.register = { store, id, name in
                register(store, id, name)
                return true
            }
        }
    }

    private static let leaving: [TrackerSaboteur] = [
        TrackerSaboteur("departures-unnoticed") { $0.unregister = { _, _, _ in } },
        TrackerSaboteur("departure-empties-list") { fault in
            fault.unregister = { store, _, name in _ = store.run(["DEL", name]) }
        },
        TrackerSaboteur("departure-removes-every-registration") { fault in
            fault.unregister = { store, id, name in _ = store.run(["LREM", name, "0", id]) }
        },
    ]

    private static let connecting: [TrackerSaboteur] = [
        judges("resource-not-required", .resourceNamed, is: true),
        judges("participants-with-caller", .participantIsOther, is: true),
        commands("success-in-other-words") {
            $0.renames("NetConnection.Connect.Success", to: "NetConnection.Connect.Ok")
        },
        commands("unknown-calls-in-other-words") {
            $0.renames("NetConnection.Call.Failed", to: "NetConnection.Call.Unknown")
        },
        commands("encoding-0-for-everybody") { command in
            command.rewritesMembers { $0.name == "objectEncoding" ? AMFMember("objectEncoding", .number(0)) : $0 }
        },
        keepalives("keepalives-not-advised") { _ in nil },
        keepalives("keepalives-every-second") { _ in .setKeepalive(serverPeriod: 1000, peerPeriod: 1000) },
        TrackerSaboteur("playlist-read-for-anybody") { fault in
            fault.rendezvous = { fault in
                let memory = fault.memory
                fault.rewritesCommandsReceived { command, _ in
                    if command.name == "getPlaylist" { memory["playlist"] = UInt64(command.transactionID) }
                    return true
                }
                fault.rewritesCommandsSent { command in
                    if command.name == "_error", memory["playlist"] == UInt64(max(0, command.transactionID)) {
                        command.name = "_result"
                        command.arguments = [.string("#EXTM3U")]
                    }
                    return true
                }
            }
        },
        TrackerSaboteur("later-connects-refused") { fault in
            fault.rendezvous = { fault in
                let memory = fault.memory
                fault.rewritesCommandsSent { command in
                    guard command.name == "_result", command.transactionID == 1 else { return true }
                    memory["connected"] += 1
                    if memory["connected"] > 1 { command.name = "_error" }
                    return true
                }
            }
        },
    ]

    private static func judges(_ name: String, _ rule: MessageRule, is answer: Bool) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.rendezvous = { fault in fault.judgeMessage = { $0 == rule ? answer : $1 } }
        }
    }

    private static func commands(
        _ name: String,
        _ change: @escaping @Sendable (inout Command) -> Void
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.rendezvous = { fault in
                fault.rewritesCommandsSent { command in
                    change(&command)
                    return true
                }
            }
        }
    }

    private static func keepalives(
        _ name: String,
        _ change: @escaping @Sendable (UserControl) -> UserControl?
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.rendezvous = { fault in
                fault.rewritesMessagesSent { message, _, _ in
                    guard let control = try? UserControl(decoding: message), case .setKeepalive = control else {
                        return true
                    }
                    message = change(control)?.message ?? UserControl.streamBegin(streamID: 0).message
                    return true
                }
            }
        }
    }
}

extension Command {
    /// Gives the status code another name.
    fileprivate mutating func renames(_ code: String, to other: String) {
        rewritesMembers { $0.name == "code" && $0.value.string == code ? AMFMember("code", .string(other)) : $0 }
    }

    /// Changes the members of objects among the arguments.
    fileprivate mutating func rewritesMembers(_ change: (AMFMember<AMF0Value>) -> AMFMember<AMF0Value>) {
        arguments = arguments.map { argument in
            guard case .object(let members) = argument else { return argument }
            return .object(members.map(change))
        }
    }
}
