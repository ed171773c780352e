/// tracker-protocol §2: how parameters arrive.
enum TrackerParameterCases {
    static let all: [Case] = [
        .tracker(
            "encoding/parameters-in-any-order",
            "The order of the parameters does not matter.",
            ["TRK-004"],
            needs: [.peers],
            saboteurs: ["resource-must-come-first"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            let answer = try tracker.ask(.get("/get_peers", [("size", "9"), ("resourceID", resource)]))
            try requireSame(answer.peers(), ids, "both peers")
        },
        .tracker(
            "encoding/unknown-parameters-ignored",
            "Unknown parameters are ignored.",
            ["TRK-004"],
            needs: [.peers],
            saboteurs: ["unknown-parameters-refused", "resource-must-come-first"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            let parameters = [
                ("_", "1416000000000"), ("resourceID", resource), ("resource", "other"), ("size", "9"), ("", "x"),
                ("callback", "f"),
            ]
            try requireSame(tracker.ask(.get("/get_peers", parameters)).peers(), ids, "both peers")
            let count = try tracker.ask(.get("/get_total_count", [("x", "y"), ("resourceID", resource)])).count()
            try require(count == 2, expected: "2", actual: "\(count)")
        },
        name(
            "names-are-case-sensitive",
            "A resource name is compared with its case.",
            ["names-in-lower-case"],
            suffix: "-Film",
            other: "-film"
        ),
        name(
            "every-octet-escaped",
            "A name of which every octet is escaped is the name itself.",
            ["escapes-not-decoded"],
            suffix: "-film"
        ) { percentEncoded($0, everything: true) },
        name(
            "escapes-in-either-case",
            "The digits of escapes may be of either case.",
            ["lower-case-escapes-not-decoded", "escapes-not-decoded", "names-not-utf-8"],
            suffix: "-ÄÖ/ÿ"
        ) { percentEncoded($0, lowerCase: true) },
        name(
            "reserved-characters-escaped",
            "Characters that separate parameters, escaped, belong to the name.",
            ["escapes-not-decoded", "escapes-decoded-before-splitting"],
            suffix: "-a&b=c?d#e/f;g:h"
        ) { percentEncoded($0) },
        name(
            "utf-8-names",
            "A name is UTF-8.",
            ["names-not-utf-8", "escapes-not-decoded"],
            suffix: "-größe-日本-🎬"
        ) { percentEncoded($0) },
        name(
            "space-as-plus",
            "A space in a name may be written as +.",
            ["plus-is-plus"],
            suffix: "-a film in parts"
        ) { $0.replacing(" ", with: "+") },
        name(
            "space-escaped",
            "A space in a name may be written as %20.",
            ["escapes-not-decoded"],
            suffix: "-a film in parts"
        ) { percentEncoded($0) },
        name(
            "plus-escaped",
            "A plus sign in a name is written as %2B.",
            ["escapes-not-decoded", "escapes-decoded-twice", "escapes-decoded-before-splitting"],
            suffix: "-a+b%2Bc"
        ) { percentEncoded($0) },
        .tracker(
            "encoding/names-of-parameters-escaped",
            "The names of parameters may be escaped, as in any form.",
            ["TRK-004"],
            level: .observed,
            needs: [.peers],
            saboteurs: ["parameter-names-not-decoded", "escapes-not-decoded"]
        ) { tracker in
            let resource = tracker.resource()
            let ids = try tracker.register(2, under: resource)
            let answer = try tracker.ask(HTTPQuestion("GET", "/get_peers?%72esourceID=\(resource)&%73ize=9"))
            try requireSame(answer.peers(), ids, "both peers")
        },
    ]

    /// A name as a query writes it; under `other`, which must be another name, there is nobody.
    private static func name(
        _ name: String,
        _ title: String,
        _ saboteurs: [String],
        suffix: String,
        other: String? = nil,
        _ written: @escaping @Sendable (String) -> String = { percentEncoded($0) }
    ) -> Case {
        .tracker(
            "encoding/\(name)",
            title,
            ["TRK-023"],
            needs: [.peers],
            accepts: [
                .init(
                    "such names are refused",
                    "tracker-protocol §9: a tracker SHOULD validate resourceID against a safe alphabet."
                )
            ],
            saboteurs: saboteurs
        ) { tracker in
            let stem = tracker.resource()
            let ids = try tracker.register(1, under: stem + suffix)
            let question = HTTPQuestion("GET", "/get_peers?resourceID=\(written(stem + suffix))&size=9")
            let answer = try tracker.ask(question)
            if answer.status == 400, suffix.contains(where: { !$0.isASCII || !($0.isLetter || $0 == "-") }) {
                throw Settled(alternative: "such names are refused")
            }
            try requireSame(answer.peers(), ids, "the peer of “\(suffix)”")
            guard let other else { return }
            let strangers = try tracker.peers(of: stem + other, size: 9)
            try require(strangers.isEmpty, expected: "nobody under “\(other)”", actual: "\(strangers.count) peers")
        }
    }
}
