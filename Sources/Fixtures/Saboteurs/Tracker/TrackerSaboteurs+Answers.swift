import HLSP2P

extension TrackerSaboteur {
    static let answers: [TrackerSaboteur] = [
        three("peers-in-upper-case") { response, ids in
            response.text = response.text.uppercased()
        },
        three("peers-cut-short") { response, ids in
            response.text = "[" + ids.map { "\"\($0.prefix(40))\"" }.joined(separator: ",") + "]"
        },
        three("peers-as-objects") { response, ids in
            response.text = "[" + ids.map { "{\"id\":\"\($0)\"}" }.joined(separator: ",") + "]"
        },
        six("json-with-trailing-comma") { $0.dropLast() + ",]" },
        six("json-in-single-quotes") { $0.replacing("\"", with: "'") },
        six("bom-before-json") { "\u{feff}" + $0 },
        TrackerSaboteur("peers-as-text") { fault in
            fault.rewrites("/get_peers") { _, response in response.set("Content-Type", "text/plain") }
        },
        TrackerSaboteur("count-as-text") { fault in
            fault.rewrites("/get_total_count") { _, response in response.set("Content-Type", "text/html") }
        },
        TrackerSaboteur("no-content-type") { fault in
            fault.rewrites { _, response in response.set("Content-Type", nil) }
        },
        TrackerSaboteur("caching-permitted") { fault in
            fault.rewrites { _, response in response.set("Cache-Control", nil) }
        },
        TrackerSaboteur("peers-cached") { fault in
            fault.rewrites("/get_peers") { _, response in response.set("Cache-Control", "max-age=60") }
        },
        TrackerSaboteur("if-none-match-fails") { fault in
            fault.answers(500) { request, _ in request.field("If-None-Match") != nil }
        },
    ]

    /// One that shows only where three are asked for of three, so that nothing else turns red.
    private static func three(
        _ name: String,
        _ change: @escaping @Sendable (inout HTTPResponse, [String]) -> Void
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.rewrites("/get_peers") { [memory = fault.memory] request, response in
                let ids = response.entries
                if request.size == "3", ids.count == 3, memory["listed"] == 3 { change(&response, ids) }
            }
        }
    }

    /// One that shows only where there are six peers, so that nothing else turns red.
    private static func six(_ name: String, _ change: @escaping @Sendable (String) -> String) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.rewrites("/get_peers") { request, response in
                if request.size == "9", response.entries.count == 6 { response.text = change(response.text) }
            }
        }
    }

    static let cors: [TrackerSaboteur] = [
        withoutCORS("no-cors") { _, _ in true },
        withoutCORS("no-cors-on-count") { request, _ in request.path == "/get_total_count" },
        withoutCORS("no-cors-on-post") { request, _ in request.method == "POST" },
        withoutCORS("no-cors-on-head") { request, _ in request.method == "HEAD" },
        withoutCORS("no-cors-on-errors") { _, response in response.status >= 400 },
        withoutCORS("no-cors-on-404") { _, response in response.status == 404 },
        TrackerSaboteur("origin-echoed") { fault in
            fault.rewrites { request, response in
                let isPolicy = request.path == "/crossdomain.xml"
                guard request.method == "GET", request.resource != nil && request.path == "/get_peers" || isPolicy,
                    let origin = request.field("Origin")
                else { return }
                response.set("Access-Control-Allow-Origin", origin)
            }
        },
        TrackerSaboteur("options-fails") { fault in
            fault.answers(500) { request, _ in request.method == "OPTIONS" }
        },
    ]

    private static func withoutCORS(
        _ name: String,
        _ condition: @escaping @Sendable (HTTPRequest, HTTPResponse) -> Bool
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.rewrites { request, response in
                if condition(request, response) { response.set("Access-Control-Allow-Origin", nil) }
            }
        }
    }

    static let count: [TrackerSaboteur] = [
        counts("nobody-counted-as-one") { $0 == 0 ? 1 : $0 },
        counts("count-at-most-two") { min($0, 2) },
        TrackerSaboteur("counts-kept-by-the-tracker") { fault in
            fault.keeps("/get_total_count")
        },
        TrackerSaboteur("unknown-count-is-404") { fault in
            fault.answers(404, "/get_total_count") { $0.countsNobody($1) }
        },
        TrackerSaboteur("unknown-count-is-null") { fault in
            fault.answers(200, "/get_total_count", "null") { $0.countsNobody($1) }
        },
        TrackerSaboteur("count-with-fraction") { fault in
            fault.rewrites("/get_total_count") { _, response in
                // Of seven alone, so that nothing else turns red.
                if response.text == "7" { response.text = "7.0" }
            }
        },
        TrackerSaboteur("other-keys-counted") { fault in
            fault.answers(200, "/get_total_count", "12") { request, _ in request.resource == "cumulus_app" }
        },
        TrackerSaboteur("count-of-other-keys-empty") { fault in
            fault.answers(200, "/get_total_count", "") { request, _ in request.resource == "cumulus_app" }
        },
        TrackerSaboteur("all-resources-counted") { fault in
            fault.count = { store, name in
                // With eight alone, so that nothing else turns red.
                guard store.list(name)?.count == 8 else { return store.list(name)?.count ?? 0 }
                return store.lists.reduce(0) { $0 + (store.list($1)?.count ?? 0) }
            }
        },
    ]

    private static func counts(_ name: String, _ change: @escaping @Sendable (Int) -> Int) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.count = { store, name in change(store.list(name)?.count ?? 0) }
        }
    }
}

extension HTTPRequest {
    fileprivate func countsNobody(_ store: RegistryStore) -> Bool {
        resource.map { store.list($0)?.isEmpty ?? false } ?? false
    }
}
