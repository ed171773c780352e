internal import Synchronization

/// The room for answers that wait for clients to read them, of all connections together.
final class AnswerRoom: Sendable {
    /// What an answer takes up, until nobody holds this any more.
    final class Share: Sendable {
        private let room: AnswerRoom
        private let octets: Int

        fileprivate init(_ room: AnswerRoom, _ octets: Int) {
            self.room = room
            self.octets = octets
        }

        deinit {
            room.taken.subtract(octets, ordering: .relaxed)
        }
    }

    /// Answers of so many octets take up no room: the number of connections bounds them.
    static let small = 8_192

    private let capacity: Int
    private let taken = Atomic<Int>(0)

    /// - Parameter capacity: octets of answers above `small` at most.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Takes up room for an answer; nil if there is none left.
    func take(_ octets: Int) -> Share? {
        guard octets > Self.small else { return Share(self, 0) }
        let sum = taken.add(octets, ordering: .relaxed).newValue
        let share = Share(self, octets)
        return sum <= capacity ? share : nil
    }
}
