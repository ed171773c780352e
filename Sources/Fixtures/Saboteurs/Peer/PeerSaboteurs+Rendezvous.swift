import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that get at what is said to rendezvous and tracker.
    static let rendezvous: [PeerSaboteur] = [
        connecting("resource-in-the-url") { command in
            guard case .object(var members) = command.object,
                let index = members.firstIndex(where: { $0.name == "tcUrl" }),
                let url = members[index].value.string, let resource = command.arguments.first?.string
            else { return }
            members[index].value = .string("\(url)/\(resource)")
            command.object = .object(members)
        },
        connecting("resource-not-named") { $0.arguments = [.number(7)] },
        PeerSaboteur("no-peer-info") { fault in
            fault.lower.sendMessage = { message, _ in
                (try? Command(decoding: message))?.name == "setPeerInfo" ? [] : [message]
            }
        },
        PeerSaboteur("same-identity-again") { $0.keepsIdentity = true },
        PeerSaboteur("dies-of-unknown-command") { fault in
            let memory = fault.lower.memory
            fault.lower.receiveMessage = { message, _ in
                if (try? Command(decoding: message))?.name == "participantChanged" { memory.isDead = true }
                return [message]
            }
        },
        PeerSaboteur("waits-for-the-rendezvous", .sessionConnection, .seconds(1_000)),
        PeerSaboteur("refusal-ignored", .lostRendezvousLeaves, is: false),
        querying("query-for-two-more") { url in
            guard let size = url.firstRange(of: "size=") else { return url }
            let number = Int(url[size.upperBound...]) ?? 0
            return url[..<size.upperBound] + "\(number + 2)"
        },
        querying("query-for-another-resource") { $0.replacing("resourceID=", with: "resourceID=another-") },
        PeerSaboteur("publishes-late") { fault in
            let memory = fault.lower.memory
            fault.request = { request in
                if request.url.contains(".ts") { memory["segments"] += 1 }
                return request
            }
            fault.judge = { rule, holds in
                rule == .subscriberAdmitted && memory["segments"] < 2 ? false : holds
            }
        },
        PeerSaboteur("leaves-without-a-word") { fault in
            fault.request = { $0.url.contains("peer_disconnect") ? nil : $0 }
        },
        PeerSaboteur("departs-as-somebody-else") { fault in
            fault.request = { request in
                guard case .post = request.method, request.url.contains("peer_disconnect") else { return request }
                var changed = request
                changed.method = .post(form: "peer_id=\(String(repeating: "0", count: 64))&app=film")
                return changed
            }
        },
        PeerSaboteur("senseless-answer-hangs") { fault in
            let memory = fault.lower.memory
            fault.respond = { request, response in
                guard request.url.contains("get_peers") else { return response }
                let isArray = response.body.first == UInt8(ascii: "[") && response.body.last == UInt8(ascii: "]")
                // A peer that only waits gives the tracker up and goes on: one that hangs does nothing any more.
                if !isArray || response.status != 200 { memory.isDead = true }
                return response
            }
        },
        PeerSaboteur("takes-anything-for-an-id") { fault in
            fault.respond = { request, response in
                guard request.url.contains("get_peers"), response.body.first == UInt8(ascii: "[") else {
                    return response
                }
                var changed = response
                let text = String(decoding: response.body, as: UTF8.self).drop { $0 == "[" }
                let entries = text.prefix { $0 != "]" }.split(separator: ",").map { entry in
                    let isID = entry.utf8.count == 66 && PeerID(text: String(entry.dropFirst().dropLast())) != nil
                    return isID ? String(entry) : "\"\(String(repeating: "0", count: 64))\""
                }
                changed.body = Array("[\(entries.joined(separator: ","))]".utf8)
                return changed
            }
        },
        PeerSaboteur("never-connects", .peerIsOther, is: false),
        PeerSaboteur("connects-to-itself", .peerIsOther, is: true),
        PeerSaboteur("connects-to-all", .answerMeasured, is: false),
    ]

    private static func connecting(
        _ name: String,
        _ change: @escaping @Sendable (inout Command) -> Void
    ) -> PeerSaboteur {
        PeerSaboteur(name) { fault in
            fault.lower.sendMessage = { message, _ in
                guard var command = try? Command(decoding: message), command.name == "connect" else { return [message] }
                change(&command)
                return [command.message()]
            }
        }
    }

    private static func querying(_ name: String, _ change: @escaping @Sendable (String) -> String) -> PeerSaboteur {
        PeerSaboteur(name) { fault in
            fault.request = { request in
                guard request.url.contains("get_peers") else { return request }
                var changed = request
                changed.url = change(request.url)
                return changed
            }
        }
    }
}
