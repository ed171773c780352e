/// Why a frame gives no datagram.
enum FrameFault: Error {
    /// Not UDP over IP.
    case otherProtocol
    /// A header or payload goes beyond the octets at hand: the capture kept too little, or a length lies.
    case missingOctets
    /// Headers that contradict themselves.
    case malformed
}
