/// Saboteurs of peers that get at more than what they are about: a peer whose pieces are damaged, say, fails wherever
/// pieces are looked at.
enum PeerConsequences {
    /// The saboteurs that turn a case red, besides those that it declares itself.
    static func of(_ name: String) -> [String] {
        table.filter { $0.value.contains(name) }.map(\.key).sorted()
    }

    /// By saboteur, the cases about something else that turn red too.
    private static let table: [String: Set<String>] = [:]
}
