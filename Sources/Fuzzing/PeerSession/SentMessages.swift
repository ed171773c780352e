import Flash
import RTMFP

/// A flow of the peer under fuzz, put together as the far end would.
struct SentMessages {
    /// The far end's flow that it is in return to.
    private(set) var association: UInt64?
    /// The greatest sequence number, for who wants to acknowledge.
    private(set) var highest: UInt64 = 0
    private var next: UInt64 = 1
    private var waiting: [UInt64: (control: FragmentControl, data: [UInt8])] = [:]
    private var begun: [UInt8] = []

    /// Takes a fragment; gives the messages that it completes.
    mutating func take(_ number: UInt64, _ flags: UserDataFlags, _ data: [UInt8], _ options: [Option]) -> [Message] {
        if let value = options.values(of: FlowOption.returnAssociation).first {
            var reader = ByteReader(value.span)
            association = try? reader.vlu("flowID")
        }
        highest = max(highest, number)
        guard number >= next, !flags.abandon else { return [] }
        waiting[number] = (flags.fragmentControl, data)
        var messages: [Message] = []
        while let (control, data) = waiting.removeValue(forKey: next) {
            next += 1
            if control == .whole || control == .begin { begun = [] }
            begun += data
            guard control == .whole || control == .end, let message = try? Message(decoding: begun) else { continue }
            messages.append(message)
        }
        return messages
    }
}
