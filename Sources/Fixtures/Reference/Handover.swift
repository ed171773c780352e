/// Carries something from the thread that makes it to the event loop on which alone it is used afterwards.
final class Handover<Value>: @unchecked Sendable {
    let taken: Value

    init(_ value: Value) {
        taken = value
    }
}
