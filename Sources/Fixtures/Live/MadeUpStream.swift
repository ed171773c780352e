import RTMFP
import Web

/// A stream that is made up, with everything around it that peers need: an origin, a rendezvous and a tracker, on ports of
/// the loopback interface.
public final class MadeUpStream: Sendable {
    /// The origin.
    public let origin = Origin(takesFiles: false)
    /// What a peer of the stream is told.
    public let configuration: LivePeer.Configuration
    private let server: HTTPServer
    private let encoder: SyntheticEncoder
    private let reference: ReferenceDeployment

    /// Starts it.
    ///
    /// - Parameters:
    ///   - segment: seconds of a segment.
    ///   - window: segments in the playlist.
    ///   - octets: octets of a segment.
    public init(segment: Double = 2, window: Int = 6, octets: Int = 400_000) throws {
        server = try HTTPServer(at: .loopback(port: 0), limits: .files, service: origin)
        encoder = SyntheticEncoder(onto: origin, segment: segment, window: window, octets: octets)
        do {
            reference = try ReferenceDeployment()
        } catch {
            encoder.stop()
            server.stop()
            throw error
        }
        let tracker = reference.tracker ?? reference.address
        configuration = LivePeer.Configuration(
            playlistURL: "http://\(server.address)\(SyntheticEncoder.playlistPath)",
            rendezvousURL: "rtmfp://\(reference.address)/film",
            trackerURL: "http://\(tracker)/get_peers",
            rendezvous: reference.address
        )
    }

    /// Stops all of it.
    public func stop() {
        encoder.stop()
        server.stop()
        reference.stop()
    }
}
