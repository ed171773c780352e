import RTMFP

extension RecordedSaboteur {
    static let packets: [RecordedSaboteur] = [
        RecordedSaboteur("reserved-header-bits-set") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.packet.header.reserved = 0x10 }
        },
        RecordedSaboteur("two-packets-in-datagram") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.form = .followed(by: $0.packet) }
        },
        RecordedSaboteur("session-in-the-clear") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.form = .clear }
        },
        RecordedSaboteur("time-critical-acknowledgements") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.packet.header.timeCritical = true }
        },
        RecordedSaboteur("empty-packet") { script in
            script.sendAgain(.viewer, where: \.isPingReply, after: .milliseconds(1)) { $0.chunks = [] }
        },
        RecordedSaboteur("padding-of-zeros") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.fault = .zeroPadding }
        },
        RecordedSaboteur("padding-counts-itself") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.packet.padding = [3, 3, 3] }
        },
        RecordedSaboteur("padding-of-a-block") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.packet.padding = octets(0xff, 16) }
        },
        RecordedSaboteur("oversized-data") { script in
            script.data(.server, 2, 9) { $0.userData += octets(0, 1_600) }
        },
        RecordedSaboteur("session-sequence-number-repeated") { script in
            script.edit(.viewer, where: \.isPingReply) { $0.sequenceNumber = 3 }
        },
        RecordedSaboteur("ping-reply-under-another-type") { script in
            script.replace(.viewer) { $0.isPingReply ? [.unknown(type: 0x42, payload: $0.payload)] : nil }
        },
        RecordedSaboteur("window-in-octets") { script in
            script.replaceAll(.server) { chunk in
                guard case .rangeAcknowledgement(var acknowledgement) = chunk else { return nil }
                acknowledgement.bufferBlocksAvailable = 65_536
                return [.rangeAcknowledgement(acknowledgement)]
            }
        },
    ]

    static let sessions: [RecordedSaboteur] = [
        RecordedSaboteur("packets-without-timestamp-ignored") { script in
            // Number 4 of flow 4 is all that comes without a timestamp.
            script.replaceAll(.server) { chunk in
                guard case .rangeAcknowledgement(let acknowledgement) = chunk, acknowledgement.flowID == 4 else {
                    return nil
                }
                switch acknowledgement.cumulativeAcknowledgement {
                case 4: return [ReferenceScript.ack(4, 3)]
                case 5: return [ReferenceScript.ack(4, 3, [5...5])]
                default: return nil
                }
            }
        },
        RecordedSaboteur("ping-reply-unasked") { script in
            script.sendAgain(.viewer, where: \.isPingReply, after: .milliseconds(1)) { packet in
                packet.chunks = [.pingReply(PingReply(messageEcho: Array("nobody asked".utf8)))]
            }
        },
        RecordedSaboteur("mtu-probe-pings-first") { script in
            script.edit(.viewer, where: \.isPadding) { $0.packet.chunks.reverse() }
        },
        RecordedSaboteur("acknowledgements-travel-alone") { script in
            // Whatever rides with user data follows it instead.
            let riding = script.entries.enumerated().filter { _, entry in
                entry.source == Script.Party.server.address && entry.packet.chunks.contains(where: \.isAcknowledgement)
                    && entry.packet.chunks.contains(where: \.isUserData)
            }
            for (index, entry) in riding {
                script.entries[index].packet.chunks.removeAll(where: \.isAcknowledgement)
                var alone = entry
                alone.time = alone.time + .milliseconds(2)
                alone.packet.chunks.removeAll(where: \.isUserData)
                script.entries.append(alone)
            }
        },
    ]
}
