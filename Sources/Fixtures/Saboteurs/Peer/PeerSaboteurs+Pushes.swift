import Flash
import HLSP2P
import RTMFP

extension PeerSaboteur {
    /// Those that get at what is pushed.
    static let pushes: [PeerSaboteur] = [
        PeerSaboteur("pushes-before-the-confirm") { fault in
            let memory = fault.lower.memory
            fault.hear = { envelope, _ in
                if case .request = envelope.kind, envelope.subtype == "goPushMode" { memory["agreed"] = 1 }
                return [envelope]
            }
            fault.judge = { rule, holds in
                switch rule {
                case .pushAwaitsConfirm: false
                case .responseWindowFree: holds || memory["agreed"] == 1
                default: holds
                }
            }
        },
        PeerSaboteur("any-operation-confirms", .confirmNamesOperation, is: true),
        PeerSaboteur("pushes-the-named-one", .pushStartsAfter, is: false),
        PeerSaboteur("no-catching-up", .catchesUp, is: false),
        PeerSaboteur("first-piece-skipped") { fault in
            fault.hear = { envelope, _ in
                guard case .request = envelope.kind, envelope.subtype.hasPrefix("goPushMode") else { return [envelope] }
                return [envelope.naming { $0 + 1 }]
            }
        },
        PeerSaboteur("never-pushes", sending: "pushPiece", .push) { _ in [] },
        PeerSaboteur("takeover-refused", sending: "goPushMode2", .response, member: "result", is: .boolean(false)),
        PeerSaboteur("uncounted-refused", hearing: "goPushMode2", .request) { envelope in
            envelope["count"] == .integer(-1) ? [] : [envelope]
        },
        PeerSaboteur("offset-read-elsewhere", hearing: "goPushMode2", .request) { envelope in
            envelope["count"] == .integer(-1) ? [envelope.with("chunkOffset", .integer(0))] : [envelope]
        },
        PeerSaboteur("takeover-id-altered", sending: "goPushMode2", .response, member: "externalID", is: .string("R")),
        PeerSaboteur("takeover-unanswered", hearing: "goPushMode2", .request) { _ in [] },
        PeerSaboteur("piece-before-the-answer") { fault in
            let answer = Remembered()
            fault.judge = { rule, holds in rule == .responseWindowFree ? holds || !answer.envelopes.isEmpty : holds }
            fault.send = { envelope, _ in
                if case .response = envelope.kind, envelope.subtype == "goPushMode2" {
                    answer.envelopes = [envelope]
                    return []
                }
                return envelope.subtype == "pushPiece" ? [envelope] + answer.take() : [envelope]
            }
        },
        PeerSaboteur("pushes-at-once", .startAwaited, is: false),
        PeerSaboteur("repetition-acted-on", .requestNew, is: true),
        PeerSaboteur("pushed-octets-altered", sending: "pushPiece", .push) { envelope in
            guard case .byteArray(var octets)? = envelope["data"], !octets.isEmpty else { return [envelope] }
            octets[octets.count - 1] ^= 1
            return [envelope.with("data", .byteArray(octets))]
        },
        PeerSaboteur("pushed-offset-altered", sending: "pushPiece", .push, member: "offset", is: .integer(5)),
        PeerSaboteur("pushed-id-altered", sending: "pushPiece", .push, member: "id", is: .integer(17)),
        PeerSaboteur("pieces-repeated", sending: "pushPiece", .push) { envelope in
            var again = envelope
            again.id += 5_000
            return [envelope, again]
        },
        PeerSaboteur("empty-pieces-left-out", sending: "pushPiece", .push) { envelope in
            envelope["data"] == .byteArray([]) ? [] : [envelope]
        },
        PeerSaboteur("last-used-time-constant", sending: "pushPiece", .push, member: "lastUsedTime", is: .integer(-1)),
        PeerSaboteur(
            "pushes-as-unstable",
            sending: "pushPiece",
            .push,
            member: "isFromStableSource",
            is: .boolean(false)
        ),
        PeerSaboteur("pause-ignored", .pauseMinded, is: false),
        PeerSaboteur("resume-ignored", hearing: "resumePush", .request) { _ in [] },
        PeerSaboteur("resumes-from-the-start") { fault in
            let agreed = Remembered()
            fault.hear = { envelope, _ in
                guard case .request = envelope.kind else { return [envelope] }
                if envelope.subtype == "goPushMode2" { agreed.envelopes = [envelope] }
                guard envelope.subtype == "resumePush", var again = agreed.envelopes.first else { return [envelope] }
                again.id = envelope.id
                return [again]
            }
        },
        PeerSaboteur("resumes-with-another-slice") { fault in
            let resumed = Remembered()
            fault.hear = { envelope, _ in
                if envelope.subtype == "resumePush" { resumed.holds = true }
                return [envelope]
            }
            fault.send = { envelope, _ in
                let isLate = resumed.holds && envelope.subtype == "pushPiece"
                return [isLate ? envelope.with("offset", .integer(11)) : envelope]
            }
        },
        PeerSaboteur("resume-does-not-skip") { fault in
            let last = Remembered()
            fault.send = { envelope, _ in
                if envelope.subtype == "pushPiece" { last.envelopes = [envelope] }
                return [envelope]
            }
            fault.hear = { envelope, _ in
                guard envelope.subtype == "resumePush", let uri = last.envelopes.first?["uri"] else {
                    return [envelope]
                }
                return [envelope.with("uri", uri)]
            }
        },
        PeerSaboteur("stop-ignored", .stopMinded, is: false),
        PeerSaboteur("pushes-to-everybody", .pushAgreed, is: true),
        PeerSaboteur("one-waits-all-wait", .othersServed, is: false),
        PeerSaboteur("skips-silently", .skippedChunkReported, is: false),
        PeerSaboteur("stuck-behind-a-missing-segment", .failedSegmentSkipped, is: false),
    ]
}

extension Envelope {
    /// The same about another segment.
    func naming(_ change: (Int) -> Int) -> Envelope {
        guard case .string(let uri)? = self["uri"], uri.hasSuffix(".ts"), let slash = uri.lastIndex(of: "/"),
            let number = Int(uri[uri.index(after: slash)...].dropLast(3))
        else { return self }
        return with("uri", .string(uri[...slash] + "\(change(number)).ts"))
    }
}
