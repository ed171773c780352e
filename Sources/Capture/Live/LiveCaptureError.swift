/// Why an interface cannot be captured from, or no longer; every case is one or two sentences that say what to do.
public enum LiveCaptureError: Error, Hashable, Sendable {
    /// The process lacks a capability.
    case notPermitted(interface: String, reason: String)
    /// There is no interface of that name; those that there are.
    case noInterface(String, others: [String])
    /// The interface is there, but down.
    case isDown(String)
    /// The filter makes no sense; libpcap's reason.
    case badFilter(String, reason: String)
    /// Frames of this link type cannot be taken apart.
    case unsupportedLinkType(interface: String, name: String)
    /// The interface vanished, or went down, in the middle; libpcap's reason.
    case vanished(interface: String, reason: String)
    /// Anything else; libpcap's reason.
    case cannotCapture(interface: String, reason: String)
}

extension LiveCaptureError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notPermitted(let interface, let reason):
            "not permitted to capture on \(interface) (\(reason)): that takes the capability CAP_NET_RAW. Grant it with "
                + "`sudo setcap cap_net_raw+ep PATH/TO/hlsp2p-check`, or run this as root"
        case .noInterface(let name, let others):
            "there is no interface \(name)"
                + (others.isEmpty ? "" : "; there are \(others.joined(separator: ", "))")
        case .isDown(let name): "the interface \(name) is down; `ip link set \(name) up` brings it up"
        case .badFilter(let filter, let reason): "'\(filter)' is no filter: \(reason)"
        case .unsupportedLinkType(let interface, let name):
            "\(interface) has frames of link type \(name); Ethernet, loopback, Linux cooked and raw IP can be read"
        case .vanished(let interface, let reason): "the interface \(interface) is gone: \(reason)"
        case .cannotCapture(let interface, let reason): "cannot capture on \(interface): \(reason)"
        }
    }
}
