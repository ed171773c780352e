import RTMFP

extension RecordedSaboteur {
    static let fragments: [RecordedSaboteur] = [
        RecordedSaboteur("last-fragment-not-marked") { script in
            script.changeFragments { $0.moreFragments = true }
        },
        RecordedSaboteur("fragments-numbered-from-1") { script in
            script.changeFragments { $0.fragmentNumber += 1 }
        },
        RecordedSaboteur("fragment-number-skipped") { script in
            script.changeFragments { if $0.fragmentNumber > 0 { $0.fragmentNumber += 1 } }
        },
        RecordedSaboteur("fragments-with-different-ids") { script in
            script.changeFragments { if $0.fragmentNumber > 0 { $0.packetID += 1 } }
        },
        RecordedSaboteur("packet-id-used-again") { script in
            for entry in script.entries where entry.packet.chunks.contains(where: \.isFragment) {
                var again = entry
                again.time = again.time + .seconds(1)
                again.packet.chunks = again.packet.chunks.map { chunk in
                    guard case .packetFragment(var fragment) = chunk else { return chunk }
                    fragment.packetFragment = fragment.packetFragment.map { $0 ^ 0xff }
                    return .packetFragment(fragment)
                }
                script.entries.append(again)
            }
        },
        RecordedSaboteur("empty-fragment-sent") { script in
            script.replaceAll(.server) { chunk in
                guard case .packetFragment(let fragment) = chunk, !fragment.moreFragments else { return nil }
                var (last, empty) = (fragment, fragment)
                last.moreFragments = true
                empty.fragmentNumber += 1
                empty.packetFragment = []
                return [.packetFragment(last), .packetFragment(empty)]
            }
        },
        RecordedSaboteur("session-packet-in-fragments") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.packet = $0.packet.inFragments(packetID: 9) }
        },
        RecordedSaboteur("user-data-in-fragments") { script in
            script.edit(.server, where: { $0.isData(2, 9) }) { $0.packet = $0.packet.inFragments(packetID: 9) }
        },
        RecordedSaboteur("fragments-in-another-mode") { script in
            // The mode is in the first octet of the fragmented packet.
            script.changeFragments { if $0.fragmentNumber == 0 { $0.packetFragment[0] ^= 0x01 } }
        },
        RecordedSaboteur("fragments-at-once") { script in
            let carriers = script.entries.indices.filter {
                script.entries[$0].packet.chunks.contains(where: \.isFragment)
            }
            guard let first = carriers.first else { return }
            let fragments = carriers.flatMap { script.entries[$0].packet.chunks }
            let template = script.entries[first]
            for index in carriers.reversed() { script.entries.remove(at: index) }
            let whole = fragments.flatMap { chunk -> [UInt8] in
                if case .packetFragment(let fragment) = chunk { fragment.packetFragment } else { [] }
            }
            for (number, start) in stride(from: 0, to: whole.count, by: 400).enumerated() {
                var entry = template
                entry.packet.chunks = [
                    .packetFragment(
                        PacketFragment(
                            moreFragments: start + 400 < whole.count,
                            packetID: 1,
                            fragmentNumber: UInt64(number),
                            packetFragment: Array(whole[start..<min(start + 400, whole.count)])
                        )
                    )
                ]
                script.entries.append(entry)
            }
        },
    ]
}

extension Script {
    /// Changes each fragment of the server's startup packet.
    fileprivate mutating func changeFragments(_ change: (inout PacketFragment) -> Void) {
        replaceAll(.server) { chunk in
            guard case .packetFragment(var fragment) = chunk else { return nil }
            change(&fragment)
            return [.packetFragment(fragment)]
        }
    }
}

extension Packet {
    /// A packet with this one in two fragments.
    fileprivate func inFragments(packetID: UInt64) -> Packet {
        let octets = encoded
        let half = octets.count / 2
        let fragments = [octets.prefix(half), octets.dropFirst(half)].enumerated().map { number, part in
            Chunk.packetFragment(
                PacketFragment(
                    moreFragments: number == 0,
                    packetID: packetID,
                    fragmentNumber: UInt64(number),
                    packetFragment: Array(part)
                )
            )
        }
        return Packet(header, fragments)
    }
}
