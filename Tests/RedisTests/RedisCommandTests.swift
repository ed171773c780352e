import Testing

@testable import Redis

struct RedisCommandTests {
    /// The check value of CRC-16/XMODEM, and what the specification of Redis Cluster says about braces.
    @Test(
        arguments: [
            ("123456789", 0x31c3 % 16_384), ("foo", 12_182), ("{foo}bar", 12_182), ("a{foo}b{bar}", 12_182),
            ("foo{}{bar}", 8363), ("foo{{bar}}zap", 4015), ("foo{bar}{zap}", 5061), ("{bar", 4015), ("bar", 5061),
            ("", 0),
        ]
    )
    func slots(key: String, slot: Int) {
        #expect((["GET", key] as RedisCommand).slot == slot)
    }

    @Test func scriptsBelongToTheirFirstKey() {
        let script = RedisCommand.script("return 1", keys: [Array("foo".utf8), Array("x{foo}".utf8)], [[1]])
        #expect(script.slot == 12_182)
        #expect(script.arguments.count == 6)
        #expect(RedisCommand([Array("PING".utf8)]).slot == nil)
    }

    @Test(
        arguments: [
            ("127.0.0.1:6379", "127.0.0.1", 6379, 0), ("redis:1/15", "redis", 1, 15), ("[::1]:6379/0", "::1", 6379, 0),
            ("::1:6379", "::1", 6379, 0),
        ]
    )
    func addresses(text: String, host: String, port: UInt16, database: Int) {
        #expect(RedisAddress(text) == RedisAddress(host: host, port: port, database: database))
    }

    @Test(arguments: [
        "", "redis", ":6379", "redis:", "redis:0", "redis:65536", "redis:1/", "redis:1/x", "redis:1/-1", "r:1/2/3",
    ])
    func whatIsNoAddress(text: String) {
        #expect(RedisAddress(text) == nil)
    }
}
