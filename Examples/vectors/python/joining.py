"""A whole peer, from its first `connect` on: what each message says, and on which stream (peer-protocol §2 and §3, RFC 7425
§5.3 and §5.4). Whoever plays the peer needs to know no more of flows than what stands here."""

import amf
import crypto
import peers
from reading import Refused, octets

CODES = {f"NetStream.Play.{name}" for name in ("Reset", "Start", "Failed", "Stop")}


class Joining:
    def __init__(self, test):
        self.ids = {end["name"]: crypto.certificate_of(octets(end["certificate"]))["fingerprint"] for end in test["ends"]}
        self.peer = crypto.certificate_of(octets(test["peer"]["certificate"]))["fingerprint"]
        if self.peer != test["peer"]["id"]:
            raise Refused("mismatch")
        self.flows, self.calls, self.started = {}, set(), set()

    def read(self, step):
        says, flow = None, self.flows.get(step.get("flow"))
        is_near = "out" in step
        if "message" in step:
            if "metadata" in step:
                flow = self.flows[step["flow"]] = self.begin(step, is_near)
            if flow is None or (flow["end"], flow["near"]) != (step["end"], is_near):
                raise Refused("missing")
            says = self.message(step, flow)
        stream, publisher = self.place(flow) if flow else (None, None)
        return {
            "stream": stream, "publisher": publisher, "streamID": flow["stream"] if flow else None, "says": says,
        }

    def begin(self, step, is_near):
        stream = int(amf.flow_metadata(step)["streamID"])
        other = self.flows.get(step["association"])
        is_return = other is not None and (other["end"], other["near"]) == (step["end"], not is_near)
        if step["association"] is not None and not is_return:
            raise Refused("mismatch")
        is_connection = step["end"] == "rendezvous"
        if is_connection and not is_near and not is_return:
            raise Refused("mismatch")
        if not is_connection and not is_return and stream == 0:
            raise Refused("value")
        return {
            "end": step["end"], "near": is_near, "stream": stream, "connection": is_connection, "plays": None,
            "control": None if is_connection else step["association"],
        }

    def place(self, flow):
        if flow["connection"]:
            return "connection", None
        is_subscriber = flow["control"] is None
        plays = flow["plays"] if is_subscriber else self.flows[flow["control"]]["plays"]
        if plays is None:
            return None, None
        return plays, flow["end"] if is_subscriber == flow["near"] else "peer"

    def message(self, step, flow):
        kind, time, payload = amf.message_of(octets(step["message"]))
        if kind in (17, 20):
            command = amf.command(step)
            self.judge(command["values"], step["flow"], flow)
            return command
        if not flow["connection"] and flow["control"] is None and flow["plays"] is None:
            raise Refused("order")
        if kind == 4:
            return amf.user_control(step)
        if kind not in (15, 18):
            return amf.message(step)
        stream = None if flow["connection"] or flow["control"] is None else self.place(flow)[0]
        if stream is None:
            raise Refused("order")
        values = amf.payload_values(payload, kind == 15)
        if values and values[0] == {"string": "cmdMsg"}:
            if stream != "private":
                raise Refused("order")
            return peers.peer_message(step)
        return {"type": kind, "timestamp": time, "values": values}

    def judge(self, values, number, flow):
        """Whether a command belongs onto a flow."""
        name = values[0]["string"]
        if flow["connection"]:
            transaction = values[1]["number"]
            if name in ("_result", "_error"):
                if transaction not in self.calls:
                    raise Refused("mismatch")
                self.calls.remove(transaction)
            elif transaction != 0:
                self.calls.add(transaction)
        elif flow["control"] is not None:
            self.status(name, values, flow["control"])
        elif flow["plays"] is None:
            if name != "play":
                raise Refused("order")
            if len(values) < 4 or "string" not in values[3]:
                raise Refused("type")
            flow["plays"] = self.stream(values[3]["string"], flow)

    def status(self, name, values, control):
        if name == "play":
            raise Refused("order")
        if name != "onStatus":
            return
        members = [dict(value["object"]) for value in values[2:] if "object" in value]
        code = members[0].get("code", {}).get("string") if members else None
        if code not in CODES:
            raise Refused("value")
        if code == "NetStream.Play.Start":
            if control in self.started:
                raise Refused("order")
            self.started.add(control)

    def stream(self, name, flow):
        """A public stream is named after who publishes it, a private one after whom it is for, and played once."""
        publisher, subscriber = self.peer, self.ids[flow["end"]]
        if flow["near"]:
            publisher, subscriber = subscriber, publisher
        if name == publisher:
            return "public"
        if name != subscriber:
            raise Refused("mismatch")
        for other in self.flows.values():
            if (other["end"], other["near"], other["plays"]) == (flow["end"], flow["near"], "private"):
                raise Refused("order")
        return "private"


def peer_transcript(test):
    joining = Joining(test)
    return {"ends": [joining.ids[end["name"]] for end in test["ends"]], "steps": [joining.read(step) for step in test["steps"]]}


def matches(actual, expected):
    """Which section a step shows is for people."""
    steps = [{name: value for name, value in step.items() if name != "section"} for step in expected["steps"]]
    return actual == {"ends": expected["ends"], "steps": steps}


CHECKS = {"peer-transcript": peer_transcript}
