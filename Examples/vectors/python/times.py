"""What depends on what came before, and on times."""


def replay_window(test):
    """RFC 7425 §4.7.3.3: no number twice; a window of 128 is more than enough."""
    newest, seen, accepted = -1, set(), []
    for number in map(int, test["arrivals"]):
        is_new = number not in seen and number > newest - 128
        accepted.append(is_new)
        seen.add(number)
        newest = max(newest, number)
    return {"accepted": accepted}


def timestamp_echo(test):
    """RFC 7016 §3.5.2.2: ticks of 4 ms, and no echo after more than 128 s."""
    elapsed = test["elapsedMilliseconds"]
    return {"echo": None if elapsed > 128_000 else (test["timestamp"] + int(elapsed // 4)) % 65536}


def receive_window(test):
    """RFC 7016 §3.6.3.5: blocks of 1024 octets, rounded up; at least one while delivery goes on."""
    free = max(0, test["capacity"] - test["buffered"])
    blocks = -(-free // 1024)
    if not test["suspended"] and test["capacity"]:
        blocks = max(1, blocks)
    digits, rest = [blocks & 0x7f], blocks >> 7
    while rest:
        digits.insert(0, rest & 0x7f | 0x80)
        rest >>= 7
    return {"blocks": str(blocks), "encoded": bytes(digits).hex()}


CHECKS = {"receive-window": receive_window, "replay-window": replay_window, "timestamp-echo": timestamp_echo}
