#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The time in the form of header fields (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
    /// The time by the system's clock.
    static var now: String {
        text(of: time(nil))
    }

    /// `seconds` since the beginning of 1970.
    static func text(of seconds: Int) -> String {
        var seconds = time_t(seconds)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let (year, month, day) = unsafe (1900 + Int(parts.tm_year), Int(parts.tm_mon), parts.tm_mday)
        let (weekday, hour, minute, second) = unsafe (Int(parts.tm_wday), parts.tm_hour, parts.tm_min, parts.tm_sec)
        func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + "\(number)" }
        let date = "\(two(day)) \(months[month]) \(year)"
        return "\(days[weekday]), \(date) \(two(hour)):\(two(minute)):\(two(second)) GMT"
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
