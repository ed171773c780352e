import Conformance
import Fixtures
import Testing

struct SuiteTests {
    @Test("Every id is used once and is made of role, area and name")
    func ids() {
        let ids = Suite.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for subject in Suite.all {
            let parts = subject.id.split(separator: "/")
            #expect(parts.count == 3, "\(subject.id)")
            #expect(parts.first.map(String.init) == subject.role.rawValue, "\(subject.id)")
            #expect(subject.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" || $0 == "/" }, "\(subject.id)")
        }
    }

    @Test("There are at least 80 cases")
    func count() {
        #expect(Suite.all.count >= 80)
    }

    @Test("Every requirement that a case claims is in the registry", arguments: Suite.all)
    func claims(_ subject: Case) {
        #expect(!subject.requirements.isEmpty)
        for id in subject.requirements {
            #expect(Requirements.requirement(id) != nil, "\(id)")
        }
    }

    @Test("Every title is a sentence", arguments: Suite.all)
    func titles(_ subject: Case) {
        #expect(subject.title.hasSuffix("."))
    }

    @Test("Every saboteur that a case declares exists", arguments: Suite.all)
    func saboteurs(_ subject: Case) {
        #expect(!subject.saboteurs.isEmpty)
        for name in subject.saboteurs {
            let exists =
                switch subject.role {
                case .capture: RecordedSaboteur.named(name) != nil
                case .peer: PeerSaboteur.named(name) != nil
                case .client: Saboteur.client(named: name) != nil
                case .tracker: TrackerSaboteur.named(name) != nil
                default: Saboteur.named(name) != nil
                }
            #expect(exists, "\(name)")
        }
    }
}
