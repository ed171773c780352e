import HLSP2P
import RTMFP
import Testing

@Suite struct PeerConfigurationTests {
    /// The last slash divides what is connected to from the name of the resource (SWARM-061).
    @Test(arguments: [
        ("rtmfp://h:19350/app", "rtmfp://h:19350", "app"), ("rtmfp://h/a/b", "rtmfp://h/a", "b"),
        ("rtmfp://[::1]:1/x", "rtmfp://[::1]:1", "x"),
    ]) func theURLIsDivided(_ url: String, _ left: String, _ resource: String) throws {
        let parts = try #require(PeerConfiguration.split(url))
        #expect(parts.url == left)
        #expect(parts.resource.text == resource)
    }

    @Test(arguments: ["", "rtmfp://h", "rtmfp://h/", "rtmfp:///app", "http://h/app", "h/app", "rtmfp://h/cumulus_app"])
    func otherURLsAreNone(_ url: String) {
        #expect(PeerConfiguration.split(url) == nil)
    }

    @Test func dates() {
        let clock = WallClock(millisecondsAtOrigin: 1_429_867_200_000)
        #expect(clock.milliseconds(at: .origin) == 1_429_867_200_000)
        #expect(clock.milliseconds(at: .origin + .milliseconds(1.9)) == 1_429_867_200_001)
    }
}
