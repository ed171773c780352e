import NIOCore
package import RTMFP

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension LinkError {
    /// What an error of the sockets means for a link that sends to `far`.
    init(failure error: any Error, towards far: RTMFP.SocketAddress?) {
        switch (error, far) {
        case (let error as LinkError, _):
            self = error
        case (let error as IOError, let far?) where error.errnoCode == ECONNREFUSED:
            self = .refused(far)
        case (let error as IOError, let far?) where [ENETUNREACH, EHOSTUNREACH].contains(error.errnoCode):
            self = .unreachable(far, reason: "no route to it")
        case (let error as IOError, let far?) where [EPERM, EACCES, EINVAL].contains(error.errnoCode):
            self = .unreachable(far, reason: LinkError.reason(error))
        case (let error as IOError, _):
            self = .broken(reason: LinkError.reason(error))
        case (let error as ChannelError, _) where error == .ioOnClosedChannel || error == .alreadyClosed:
            self = .closed
        default:
            self = .broken(reason: "\(error)")
        }
    }

    /// What it means that a socket could not be bound to `address`.
    package init(bindingFailure error: any Error, at address: RTMFP.SocketAddress) {
        let reason = (error as? IOError).map(LinkError.reason) ?? "\(error)"
        self = .unavailable(address, reason: reason)
    }

    /// The system's words for an error number.
    private static func reason(_ error: IOError) -> String {
        unsafe strerror(error.errnoCode).map { unsafe String(cString: $0) } ?? "error \(error.errnoCode)"
    }
}
