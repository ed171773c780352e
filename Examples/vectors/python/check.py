#!/usr/bin/env python3
"""Checks the test vectors with decoders of its own: an example of how to use them, with nothing but Python's library.

    python3 check.py [FOLDER]

Prints how many tests of which kinds it checked; exit status 1 if one has another outcome than its file says.
"""

import json
import pathlib
import sys

import amf
import chunks
import crypto
import groups
import joining
import peers
import serving
import times
import trackers
import transcripts
from reading import Refused

CHECKS = (
    chunks.CHECKS | crypto.CHECKS | groups.CHECKS | amf.CHECKS | peers.CHECKS | trackers.CHECKS | times.CHECKS
    | transcripts.CHECKS | joining.CHECKS | serving.CHECKS
)
MATCHES = {
    "packet-protection": crypto.matches_protection, "tracker-exchange": trackers.matches_exchange,
    "swarm-transcript": transcripts.matches_swarm, "peer-transcript": joining.matches,
}


def same(actual, expected):
    """Equality as JSON has it: true is not 1. What a test does not expect is not compared."""
    if isinstance(actual, bool) or isinstance(expected, bool):
        return actual is expected
    if isinstance(actual, dict) and isinstance(expected, dict):
        return actual.keys() == expected.keys() and all(same(actual[name], expected[name]) for name in actual)
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(map(same, actual, expected))
    return actual == expected


def outcome(actual, expected):
    """Compares the members that the test expects."""
    expected = {name: value for name, value in (expected or {}).items() if name != "flow"}
    return same({name: value for name, value in (actual or {}).items() if name in expected}, expected)


def complaint(kind, test):
    """What is wrong with a test; None if nothing is."""
    try:
        actual = CHECKS[kind](test["input"])
    except Refused as refused:
        if test["result"] == "valid":
            return f"refused ({refused.error})"
        wanted = test.get("error")
        return None if wanted in (None, refused.error) else f"refused as {refused.error}, not as {wanted}"
    if test["result"] == "invalid":
        denied = test.get("expected", {}).get("mustNotContain")
        if denied and not actual["padded"].startswith(denied):
            return None
        return "accepted"
    matches = MATCHES.get(kind, outcome)
    return None if matches(actual, test.get("expected")) else f"outcome {json.dumps(actual)}"


def main():
    here = pathlib.Path(__file__).resolve().parent
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parents[2] / "vectors"
    checked, kinds, skipped, failed = 0, set(), {}, 0
    for path in sorted(folder.glob("*/*.json")):
        if path.name.endswith(".schema.json"):
            continue
        document = json.loads(path.read_text("utf-8"))
        if document["kind"] not in CHECKS:
            skipped[document["kind"]] = skipped.get(document["kind"], 0) + len(document["tests"])
            continue
        kinds.add(document["kind"])
        for test in document["tests"]:
            if document["kind"] in transcripts.CHECKS and test["result"] == "invalid":
                # Only an end that plays can refuse a step.
                name = f"invalid {document['kind']}"
                skipped[name] = skipped.get(name, 0) + 1
                continue
            checked += 1
            if problem := complaint(document["kind"], test):
                failed += 1
                print(f"{path}: {test['id']}: {problem}")
    print(f"{checked} tests of {len(kinds)} kinds checked, {failed} failed")
    if skipped:
        print("not checked: " + ", ".join(f"{kind} ({count})" for kind, count in sorted(skipped.items())))
    sys.exit(1 if failed or not checked else 0)


if __name__ == "__main__":
    main()
