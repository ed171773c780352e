import Capture
import RTMFP

extension Case {
    /// A case that judges what a recording shows of an implementation.
    static func recorded(
        _ id: String,
        _ title: String,
        _ requirements: [String],
        level: Level = .must,
        accepts: [Alternative] = [],
        saboteurs: [String],
        _ body: @escaping @Sendable (RecordedImplementation) throws -> Void
    ) -> Case {
        Case(
            "capture/\(id)",
            title,
            requirements,
            level: level,
            role: .capture,
            accepts: accepts,
            saboteurs: saboteurs,
            .recorded(body)
        )
    }
}
