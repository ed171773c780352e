import RTMFP

/// Faults in reading User Data and Next User Data (RFC 7016 §2.3.11, §2.3.12).
extension Saboteur {
    static let userData: [Saboteur] = [
        Saboteur("first-message-lost") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.sequenceNumber == 1, data.options?.count == 1, data.userData.count > 1 { data.loseData() }
                return true
            }
        },
        Saboteur("fragments-not-joined") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.flags.fragmentControl != .whole { data.loseData() }
                return true
            }
        },
        Saboteur("begin-and-end-swapped") { fault in
            fault.rewritesDataReceived { data, _ in
                switch data.flags.fragmentControl {
                case .begin: data.flags.fragmentControl = .end
                case .end: data.flags.fragmentControl = .begin
                default: break
                }
                return true
            }
        },
        Saboteur("begin-delivered-alone") { fault in
            fault.rewritesDataReceived { data, _ in
                if data.flags.fragmentControl == .begin { data.flags.fragmentControl = .whole }
                return true
            }
        },
        Saboteur("abandoned-data-delivered") { fault in
            fault.rewritesDataReceived { data, _ in
                if !data.userData.isEmpty { data.flags.abandon = false }
                return true
            }
        },
        Saboteur("abandoned-chunk-opens-nothing") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let flow = Array(packet.name(data.flowID).utf8)
                if data.flags.abandon, !memory.contains(flow) { return false }
                _ = memory.isNew(flow)
                return true
            }
        },
        Saboteur("empty-message-rejected") { fault in
            fault.rewritesDataReceived { data, _ in
                let isPlain = data.flags == UserDataFlags() && data.fsnOffset == data.sequenceNumber
                if isPlain, data.userData.isEmpty { data.makeUnacceptable() }
                return true
            }
        },
        Saboteur("reserved-user-data-flags-rejected") { fault in
            fault.dropsEncoded { type, payload in
                type == ChunkType.userData.rawValue && payload.first.map { $0 & 0x4c != 0 } ?? false
            }
        },
        Saboteur("final-flag-ignored") { fault in
            fault.rewritesDataReceived { data, _ in
                data.flags.final = false
                return true
            }
        },
        Saboteur("fsn-offset-underflows") { fault in
            fault.rewritesReceived { chunk, _ in
                guard let head = chunk.malformedUserData, !head.hasOptions else { return [chunk] }
                let beyond = UserData(
                    flags: UserDataFlags(abandon: true),
                    flowID: head.flowID,
                    sequenceNumber: 1 << 60,
                    fsnOffset: 0,
                    userData: []
                )
                return [.userData(beyond)]
            }
        },
        Saboteur("flows-begin-with-1") { fault in
            fault.rewritesDataReceived { [memory = fault.memory] data, packet in
                let flow = Array(packet.name(data.flowID).utf8)
                if data.sequenceNumber != 1, !memory.contains(flow) { return false }
                _ = memory.isNew(flow)
                return true
            }
        },
    ]

    static let nextUserData: [Saboteur] = [
        Saboteur("next-user-data-ignored") { fault in
            fault.rewritesReceived { chunk, _ in
                if case .nextUserData = chunk { [] } else { [chunk] }
            }
        },
        Saboteur("next-user-data-inherits-number") { fault in
            fault.rewritesNextUserData { preceding, next, _ in
                var data = preceding
                data.flags = next.flags
                data.userData = next.userData
                return data
            }
        },
        Saboteur("next-user-data-inherits-flags") { fault in
            fault.rewritesNextUserData { preceding, next, correct in
                var data = correct
                data.flags = preceding.flags
                return data
            }
        },
        Saboteur("next-user-data-needs-adjacency") { fault in
            fault.changesReceived { packet in
                var wasData = false
                packet.packet.chunks.removeAll { chunk in
                    defer {
                        switch chunk {
                        case .userData, .nextUserData: wasData = true
                        default: wasData = false
                        }
                    }
                    if case .nextUserData = chunk { return !wasData }
                    return false
                }
            }
        },
        Saboteur("next-user-data-alone-accepted") { fault in
            fault.rewritesReceived { [memory = fault.memory] chunk, packet in
                switch chunk {
                case .userData(let data):
                    memory["flow"] = data.flowID
                    memory["number"] = data.sequenceNumber
                    memory["packet"] = UInt64(bitPattern: packet.time.nanoseconds)
                    return [chunk]
                case .nextUserData(let next) where memory["packet"] != UInt64(bitPattern: packet.time.nanoseconds):
                    let data = UserData(
                        flags: next.flags,
                        flowID: memory["flow"],
                        sequenceNumber: memory["number"] &+ 1,
                        fsnOffset: memory["number"] &+ 1,
                        userData: next.userData
                    )
                    return [.userData(data)]
                default:
                    return [chunk]
                }
            }
        },
    ]
}

extension Fault {
    /// Puts something else in place of Next User Data that is received.
    fileprivate mutating func rewritesNextUserData(
        _ rewrite: @escaping @Sendable (_ preceding: UserData, _ next: NextUserData, _ correct: UserData) -> UserData
    ) {
        changesReceived { packet in
            let plain = packet.packet.chunks.plainUserData
            var preceding: UserData?
            packet.packet.chunks = zip(packet.packet.chunks, plain).map { chunk, correct in
                defer { preceding = correct.userData ?? preceding }
                guard case .nextUserData(let next) = chunk, let preceding, let correct = correct.userData else {
                    return chunk
                }
                return .userData(rewrite(preceding, next, correct))
            }
        }
    }
}

/// What can be read of a User Data chunk that is malformed.
struct MalformedUserData {
    var hasOptions: Bool
    var flowID: UInt64
    var sequenceNumber: UInt64
}

extension Chunk {
    /// The head of a malformed User Data chunk; nil for any other, and where not even that can be read.
    var malformedUserData: MalformedUserData? {
        guard case .malformed(.userData, let payload, _) = self else { return nil }
        var reader = ByteReader(payload.span)
        guard let flags = try? reader.uint8("flags"), let flowID = try? reader.vlu("flowID"),
            let number = try? reader.vlu("sequenceNumber"), (try? reader.vlu("fsnOffset")) != nil
        else { return nil }
        return MalformedUserData(hasOptions: flags & 0x80 != 0, flowID: flowID, sequenceNumber: number)
    }
}
