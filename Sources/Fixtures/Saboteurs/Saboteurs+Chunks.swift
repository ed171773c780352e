import RTMFP

extension Saboteur {
    static let chunks: [Saboteur] = [
        Saboteur("ihello-in-any-mode") { fault in
            fault.changesReceived { packet in
                if packet.key == .standard, packet.iHello != nil { packet.packet.header.mode = .startup }
            }
        },
        Saboteur("ihello-in-session-answered") { fault in
            fault.answer = { packet in
                guard packet.key == .session, !packet.isReassembled, let hello = packet.iHello else { return [] }
                return [packet.wrongRHello(tag: hello.tag)]
            }
        },
        Saboteur("misplaced-chunk-aborts-packet") { $0.drops { $0.key == .session && $0.iHello != nil } },
        Saboteur("ping-in-startup-mode") { fault in
            fault.changesReceived { packet in
                if packet.key == .session, packet.packet.header.mode == .startup {
                    packet.packet.header.mode = .initiator
                }
            }
        },
        Saboteur("unknown-chunk-aborts-packet", .unknownChunkSkipped, is: false),
        Saboteur("malformed-chunk-aborts-packet", .malformedChunkSkipped, is: false),
        Saboteur("ones-end-packet") { $0.endsPackets { if case .padding(ones: true, _) = $0 { true } else { false } } },
        Saboteur("zeros-end-packet") { fault in
            // Zeros that fill up a packet read as empty Padding chunks; only one with octets is meant.
            fault.endsPackets { chunk in
                if case .padding(ones: false, let octets) = chunk { !octets.isEmpty } else { false }
            }
        },
    ]

    static let fragments: [Saboteur] = [
        Saboteur("fragments-ignored") { $0.drops { $0.fragment != nil } },
        Saboteur("fragments-in-order-only") { fault in
            let memory = fault.memory
            fault.drops { packet in
                guard let fragment = packet.fragment else { return false }
                let name = "\(packet.source) \(fragment.packetID)"
                guard fragment.fragmentNumber == memory[name] else { return true }
                if !fragment.packetFragment.isEmpty { memory[name] += 1 }
                return false
            }
        },
        Saboteur("duplicate-fragment-drops-packet") { fault in
            let memory = fault.memory
            fault.drops { packet in
                guard let fragment = packet.fragment, !fragment.packetFragment.isEmpty else { return false }
                let name = packet.origin + [UInt8(truncatingIfNeeded: fragment.packetID)]
                let isNew = memory.isNew(name + [1, UInt8(truncatingIfNeeded: fragment.fragmentNumber)])
                return memory.contains(name) || (!isNew && memory.isNew(name))
            }
        },
        Saboteur("fragments-not-keyed-by-source", .fragmentsKeptApartByAddress, is: false),
        Saboteur("empty-fragment-accepted", .fragmentNotEmpty, is: true),
        Saboteur("fragment-mode-unchecked") { fault in
            fault.changesReceived { packet in
                if packet.key == .standard, packet.fragment != nil { packet.packet.header.mode = .startup }
            }
        },
        Saboteur("reassembled-mode-unchecked") { fault in
            fault.judge = { $0 == .reassembledModeMatches ? true : $1 }
            fault.answer = { packet in
                guard packet.isReassembled, packet.key == .session, let hello = packet.iHello else { return [] }
                return [packet.wrongRHello(tag: hello.tag)]
            }
        },
        Saboteur("slow-fragments-dropped") { $0.lasting = { $0 == .fragmentProgress ? .milliseconds(300) : $1 } },
        Saboteur("nested-fragment-kills") { fault in
            fault.drops { [memory = fault.memory] packet in
                if packet.isReassembled, packet.fragment != nil { memory.isDead = true }
                return false
            }
        },
        Saboteur("reassembly-floods-kill") { fault in
            fault.drops { [memory = fault.memory] packet in
                if packet.fragment?.moreFragments == true { memory["begun"] += 1 }
                if memory["begun"] > 80 { memory.isDead = true }
                return false
            }
        },
    ]
}

extension Fault {
    /// Cuts incoming packets off at the first chunk for which `isEnd` holds.
    mutating func endsPackets(_ isEnd: @escaping @Sendable (Chunk) -> Bool) {
        changesReceived { packet in
            packet.packet.chunks = Array(packet.packet.chunks.prefix { !isEnd($0) })
        }
    }
}
