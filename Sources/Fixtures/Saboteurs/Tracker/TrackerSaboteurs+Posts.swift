import HLSP2P
import RTMFP

extension TrackerSaboteur {
    static let disconnect: [TrackerSaboteur] = effects + forms + harm

    private static let effects: [TrackerSaboteur] = [
        removes("disconnect-without-effect") { _, _, _ in },
        removes("disconnect-removes-another") { store, id, name in
            let list = store.list(name) ?? []
            let other = list.first { $0 != id && list.count >= 4 }
            _ = store.run(["LREM", name, "1", other ?? id])
        },
        removes("disconnect-removes-all") { store, id, name in
            let isLong = store.list(name)?.count ?? 0 >= 3
            _ = store.run(isLong ? ["DEL", name] : ["LREM", name, "1", id])
        },
        removes("disconnect-ignores-app") { store, id, _ in
            for name in store.lists { _ = store.run(["LREM", name, "1", id]) }
        },
        removes("disconnect-removes-every-registration") { store, id, name in
            _ = store.run(["LREM", name, "0", id])
        },
        removes("repeated-disconnect-removes-another") { store, id, name in
            guard store.run(["LREM", name, "1", id]) == .integer(0), let oldest = store.list(name)?.last else { return }
            _ = store.run(["LREM", name, "-1", oldest])
            _ = store.run(["LREM", name, "1", oldest])
        },
        TrackerSaboteur("strange-callers-fail") { fault in
            fault.answers(500, "/peer_disconnect") { request, store in
                // The case asks from an address that nobody else has.
                request.source?.ip == .v4(0xc612_0000 + 40_000)
            }
        },
    ]

    private static func removes(
        _ name: String,
        _ remove: @escaping @Sendable (RegistryStore, String, String) -> Void
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { $0.remove = remove }
    }

    private static let forms: [TrackerSaboteur] = [
        TrackerSaboteur("unknown-peer-is-404") { fault in
            fault.answers(404, "/peer_disconnect") { request, store in
                guard let id = request.formFields.text("peer_id"), let app = request.formFields.text("app") else {
                    return false
                }
                return id.utf8.count == 64 && !(store.list(app) ?? [id]).contains(id)
            }
        },
        TrackerSaboteur("unknown-app-is-404") { fault in
            fault.answers(404, "/peer_disconnect") { request, store in
                guard let app = request.formFields.text("app"), request.formFields["peer_id"]?.count == 64 else {
                    return false
                }
                return store.list(app)?.isEmpty ?? false
            }
        },
        ignoredForms("peer-id-must-come-first") { request in
            !request.isJSON && !(request.formFields.pairs.first?.name.elementsEqual("peer_id".utf8) ?? true)
        },
        TrackerSaboteur("form-escapes-not-decoded") { fault in
            fault.hears = { request in
                if request.path == "/peer_disconnect" { request.body = replacing("%", with: "%25", in: request.body) }
            }
        },
        ignoredForms("form-type-compared-whole") { $0.field("Content-Type")?.contains(";") ?? false },
        TrackerSaboteur("json-bodies-fail") { fault in
            fault.answers(500, "/peer_disconnect") { request, _ in request.isJSON }
        },
        TrackerSaboteur("unknown-fields-refused") { fault in
            fault.answers(400, "/peer_disconnect") { request, _ in
                !request.isJSON
                    && !request.formFields.pairs.allSatisfy { pair in
                        pair.name.elementsEqual("peer_id".utf8) || pair.name.elementsEqual("app".utf8)
                    }
            }
        },
        TrackerSaboteur("posts-answered-with-text") { fault in
            fault.rewrites { request, response in
                if request.method == "POST", response.status == 200 { response.text = "ok" }
            }
        },
    ]

    private static func ignoredForms(
        _ name: String,
        _ condition: @escaping @Sendable (HTTPRequest) -> Bool
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.answers(200, "/peer_disconnect") { request, _ in condition(request) }
        }
    }

    private static let harm: [TrackerSaboteur] = [
        TrackerSaboteur("disconnect-from-other-keys-crashes") { fault in
            fault.crashes("/peer_disconnect") { $0.formFields.text("app") == "cumulus_app" }
        },
        TrackerSaboteur("missing-fields-crash") { fault in
            fault.crashes("/peer_disconnect") { request in
                request.method == "POST" && !request.isJSON
                    && (request.formFields["peer_id"] == nil || request.formFields["app"] == nil)
            }
        },
        TrackerSaboteur("odd-peer-ids-crash") { fault in
            fault.crashes("/peer_disconnect") { request in
                !request.isJSON && request.formFields["peer_id"].map { $0.count != 64 } ?? false
            }
        },
        TrackerSaboteur("odd-json-crashes") { fault in
            fault.crashes("/peer_disconnect") { request in
                guard request.isJSON, request.body.count < 1000 else { return false }
                guard case .object(let members)? = try? JSONValue(parsing: request.body) else { return true }
                return !members.values.allSatisfy { if case .string = $0 { true } else { false } }
            }
        },
        TrackerSaboteur("wrong-type-fails-disconnect") { fault in
            fault.answers(500, "/peer_disconnect") { request, store in
                request.formFields.text("app").map { store.list($0) == nil && $0 != "cumulus_app" } ?? false
            }
        },
    ]

    static let log: [TrackerSaboteur] = [
        refusedLines("lines-of-players-refused") { $0.contains("P2PLoader will") },
        refusedLines("lines-must-be-ascii") { !$0.utf8.allSatisfy { $0 < 0x80 } },
        TrackerSaboteur("log-field-required") { fault in
            fault.answers(400, "/remote_log") { request, _ in
                request.method == "POST" && request.formFields["log"] == nil && request.body.count < 1000
            }
        },
        TrackerSaboteur("control-characters-crash") { fault in
            fault.crashes("/remote_log") { $0.formFields["log"]?.contains { $0 == 0x1b } ?? false }
        },
        TrackerSaboteur("bodies-above-64-kb-refused") { fault in
            fault.answers(413, "/remote_log") { request, _ in request.body.count > 80_000 }
        },
        TrackerSaboteur("long-bodies-accepted") { $0.maximumBody = .max },
        TrackerSaboteur("long-bodies-crash") { fault in
            let memory = fault.memory
            fault.refuses = { if $0.status == 413 { memory.isDead = true } }
        },
        TrackerSaboteur("long-bodies-fail") { fault in
            fault.refuses = { if $0.status == 413 { $0.status = 500 } }
        },
    ]

    private static func refusedLines(
        _ name: String,
        _ condition: @escaping @Sendable (String) -> Bool
    ) -> TrackerSaboteur {
        TrackerSaboteur(name) { fault in
            fault.answers(400, "/remote_log") { request, _ in
                condition(String(decoding: request.formFields["log"] ?? [], as: UTF8.self))
            }
        }
    }

    static let files: [TrackerSaboteur] = [
        TrackerSaboteur("policy-closed") { fault in
            fault.rewrites("/crossdomain.xml") { _, response in
                response.text = response.text.replacing("domain=\"*\"", with: "domain=\"example.com\"")
            }
        },
        TrackerSaboteur("policy-fails") { fault in
            fault.answers(500, "/crossdomain.xml") { _, _ in true }
        },
        TrackerSaboteur("program-files-served") { fault in
            fault.answers(200, "/package.json", "{}") { _, _ in true }
        },
        TrackerSaboteur("parent-directories-served") { fault in
            fault.answers(200, nil, "root:x:0:0:") { request, _ in
                request.path.contains("..") || request.path.lowercased().contains("%2e%2e")
            }
        },
        TrackerSaboteur("unknown-paths-answered") { fault in
            fault.answers(200, "/no_such_path", "{}") { request, _ in request.method == "GET" }
        },
        TrackerSaboteur("unknown-paths-fail") { fault in
            fault.answers(500, "/no_such_path") { request, _ in request.method == "GET" }
        },
        TrackerSaboteur("any-method-answered") { fault in
            fault.answers(200, nil, "[]") { request, _ in request.isWrong }
        },
        TrackerSaboteur("wrong-methods-fail") { fault in
            fault.answers(500) { request, _ in request.isWrong }
        },
    ]

    static let abuse: [TrackerSaboteur] = [
        TrackerSaboteur("many-fields-crash") { fault in
            fault.crashes("/remote_log") { $0.formFields.pairs.count > 1000 }
        },
        TrackerSaboteur("odd-forms-crash") { fault in
            fault.crashes("/remote_log") { $0.body.starts(with: "=".utf8) }
        },
        TrackerSaboteur("deep-json-crashes") { fault in
            fault.crashes("/peer_disconnect") { $0.body.count { $0 == 0x5b } > 1000 }
        },
        TrackerSaboteur("odd-targets-crash") { fault in
            fault.crashes { $0.target.contains("__proto__") }
        },
        TrackerSaboteur("odd-types-crash") { fault in
            fault.crashes("/remote_log") { $0.field("Content-Type")?.contains("nonsense") ?? false }
        },
    ]
}

extension HTTPRequest {
    /// Whether method and path are not defined together.
    fileprivate var isWrong: Bool {
        switch path {
        case "/peer_disconnect", "/remote_log": !["POST", "OPTIONS"].contains(method)
        case "/get_peers", "/get_total_count": !["GET", "HEAD", "OPTIONS"].contains(method)
        default: false
        }
    }
}
