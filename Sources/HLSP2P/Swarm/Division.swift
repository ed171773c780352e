/// How a client divides every chunk into pieces, one for each of its upstream peers (swarm-algorithm §2).
public struct Division: Hashable, Sendable {
    /// The pieces in order; together they tile a chunk of any size.
    public let assignments: [Assignment]

    /// Divides chunks of `average` octets into `count` pieces; nil unless both are positive.
    public init?(average: Int, count: Int) {
        guard average > 0, (1...Division.maximumCount).contains(count) else { return nil }
        let length = average / count
        assignments = (0..<count).map { id in
            Assignment(
                id: id,
                count: count,
                offset: length * id,
                length: id == count - 1 ? Assignment.toTheEnd : length
            )
        }
    }

    /// Pieces at most.
    public static let maximumCount = 64
}
