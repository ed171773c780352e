import RTMFP

extension RecordedSaboteur {
    /// Single data chunks that are not as they must be.
    static let data: [RecordedSaboteur] = [
        RecordedSaboteur("reserved-data-flags-set") { script in
            script.octets(.viewer, 6, 1) { $0[0] |= 0x40 }
        },
        RecordedSaboteur("flow-begins-with-2") { script in
            script.data(.viewer, 6, 1) { ($0.sequenceNumber, $0.fsnOffset) = (2, 2) }
        },
        RecordedSaboteur("flow-begins-with-0") { script in
            script.data(.viewer, 6, 1) { ($0.sequenceNumber, $0.fsnOffset) = (0, 0) }
        },
        RecordedSaboteur("fsn-offset-0-with-data") { script in
            script.data(.viewer, 6, 1) { $0.fsnOffset = 0 }
        },
        RecordedSaboteur("fsn-offset-beyond-number") { script in
            script.octets(.viewer, 6, 1) { $0[3] = 2 }
        },
        RecordedSaboteur("abandoned-with-octets") { script in
            script.data(.viewer, 3, 7) { $0.userData = [1, 2, 3] }
        },
        RecordedSaboteur("next-user-data-first") { script in
            script.edit(.viewer, where: { $0.isData(3, 1) }) { $0.packet.chunks.swapAt(0, 1) }
        },
        RecordedSaboteur("next-user-data-unused") { script in
            script.edit(.viewer, where: { $0.isData(4, 1) }) { entry in
                guard entry.packet.chunks.count > 1, case .nextUserData(let next) = entry.packet.chunks[1] else {
                    return
                }
                entry.packet.chunks[1] = ReferenceScript.data(4, 2, after: 0, next.userData)
            }
        },
    ]

    /// Options of data chunks.
    static let options: [RecordedSaboteur] = [
        RecordedSaboteur("option-list-without-marker") { script in
            script.octets(.viewer, 6, 1) { payload in
                // Flags, flow, number, offset, and the one option; without its Marker and the data.
                payload = Array(payload.prefix(4 + 1 + Int(payload[4])))
            }
        },
        RecordedSaboteur("flow-without-metadata") { script in
            script.data(.viewer, 6, 1) { $0.options = nil }
        },
        RecordedSaboteur("metadata-twice-a-packet") { script in
            script.repeatOptions([ReferenceScript.Part.video[0]])
        },
        RecordedSaboteur("metadata-of-513-octets") { script in
            script.data(.viewer, 6, 1) { $0.options = [.value(type: 0, octets(0x78, 513))] }
        },
        RecordedSaboteur("association-twice-a-packet") { script in
            script.repeatOptions([ReferenceScript.Part.association])
        },
        RecordedSaboteur("association-after-acknowledgement") { script in
            script.data(.server, 2, 9) { $0.options = [ReferenceScript.Part.association] }
        },
        RecordedSaboteur("two-associations") { script in
            script.data(.server, 2, 1) { $0.options?.append(.value(type: 0x0a, [9])) }
        },
        RecordedSaboteur("association-changes") { script in
            script.data(.server, 2, 2) { $0.options = [.value(type: 0x0a, [9])] }
        },
        RecordedSaboteur("association-added-later") { script in
            script.data(.server, 2, 1) { $0.options = ReferenceScript.Part.control }
        },
    ]

    /// How fragments follow each other.
    static let sending: [RecordedSaboteur] = [
        RecordedSaboteur("message-without-end") { script in
            script.replace(.viewer) { chunk in
                guard case .nextUserData(let next) = chunk, next.flags.fragmentControl == .end else { return nil }
                return [ReferenceScript.next(.middle, next.userData)]
            }
        },
        RecordedSaboteur("message-without-begin") { script in
            script.data(.viewer, 4, 3) { $0.flags.fragmentControl = .end }
        },
        RecordedSaboteur("number-left-out") { script in
            script.leaveOutNumber(4)
        },
        RecordedSaboteur("sent-below-forward-number") { script in
            script.sendAgain(.viewer, where: { $0.isData(3, 4) }, after: .seconds(3)) { packet in
                packet.changeData { $0.options = nil }
            }
        },
        RecordedSaboteur("number-used-again") { script in
            script.sendAgain(.server, where: { $0.isData(2, 9) }, after: .milliseconds(5)) { packet in
                packet.changeData { $0.userData.append(1) }
            }
        },
        RecordedSaboteur("higher-numbers-first") { script in
            for number in [3, 5, 7] as [UInt64] { script.swapNumbers(number, number + 1) }
        },
        RecordedSaboteur("data-after-final") { script in
            script.sendAgain(.viewer, where: { $0.isData(4, 5) }, after: .milliseconds(8)) { packet in
                packet.changeData { data in
                    (data.sequenceNumber, data.fsnOffset) = (6, 2)
                    data.flags.final = false
                }
            }
        },
    ]

    static let abandoning: [RecordedSaboteur] = [
        RecordedSaboteur("forward-number-passes-outstanding") { script in
            script.data(.viewer, 3, 4) { $0.fsnOffset = 1 }
        },
        RecordedSaboteur("abandoned-sent-again") { script in
            script.sendAgain(.viewer, where: { $0.isData(3, 5) }, after: .milliseconds(700)) { packet in
                packet.chunks = Array(packet.chunks.prefix(1))
            }
        },
        RecordedSaboteur("half-a-message-abandoned") { script in
            script.edit(.viewer, where: { $0.isAbandoned(3, 5) }) { $0.packet.chunks.removeLast() }
            script.sendAgain(.viewer, where: { $0.isData(3, 5) }, after: .milliseconds(700)) { packet in
                guard packet.chunks.count > 1, case .nextUserData(let end) = packet.chunks[1] else { return }
                packet.chunks = [ReferenceScript.data(3, 6, after: 4, end.userData, .end)]
            }
        },
    ]
}

extension Script {
    /// Gives options to the second fragment of the viewer's first video message, too.
    fileprivate mutating func repeatOptions(_ options: [Option]) {
        replace(.viewer) { chunk in
            guard case .nextUserData(var next) = chunk else { return nil }
            next.options = options
            return [.nextUserData(next)]
        }
    }

    /// Numbers the server's messages as if there were one more before `number`, and has it missed.
    fileprivate mutating func leaveOutNumber(_ number: UInt64) {
        replaceAll(.server) { chunk in
            guard case .userData(var data) = chunk, data.flowID == 2, data.sequenceNumber >= number else { return nil }
            let forward = min(data.forwardSequenceNumber, number - 1)
            data.sequenceNumber += 1
            data.fsnOffset = data.sequenceNumber - forward
            return [.userData(data)]
        }
        replaceAll(.viewer) { chunk in
            guard case .rangeAcknowledgement(let ack) = chunk, ack.flowID == 2, ack.cumulativeAcknowledgement >= number
            else { return nil }
            return [ReferenceScript.ack(2, number - 1, [number + 1...ack.cumulativeAcknowledgement + 1])]
        }
    }

    /// Has two of the server's messages change places.
    fileprivate mutating func swapNumbers(_ first: UInt64, _ second: UInt64) {
        replaceAll(.server) { chunk in
            guard case .userData(var data) = chunk, data.flowID == 2, [first, second].contains(data.sequenceNumber)
            else {
                return nil
            }
            data.sequenceNumber = data.sequenceNumber == first ? second : first
            data.fsnOffset = data.sequenceNumber - (first - 1)
            return [.userData(data)]
        }
    }
}

extension Packet {
    /// Changes the first data chunk, and leaves out what else there is.
    fileprivate mutating func changeData(_ change: (inout UserData) -> Void) {
        for chunk in chunks {
            guard case .userData(var data) = chunk else { continue }
            change(&data)
            chunks = [.userData(data)]
            return
        }
    }
}

extension Chunk {
    fileprivate func isAbandoned(_ flowID: UInt64, _ number: UInt64) -> Bool {
        if case .userData(let data) = self { isData(flowID, number) && data.flags.abandon } else { false }
    }
}
