"""Processes that record scores and are killed at moments drawn by chance.

`python -m tests.serving.audit.killing ADDRESS DURABLE FAST` kills so many processes of each mode
and prints as JSON, for each, how many ids it had told of and how many are not on record.
"""

import json
import os
import random
import signal
import sys
import time
from threading import Lock, Thread

from shiprisk.serving.audit import Audit
from tests.serving.audit.made import entries

# Of the faster mode: entries that may wait, and those of one request.
MOST_WAITING, REQUEST = 60, 3

_LONGEST = 0.12


def killed(address: str, durable: bool, moments: int) -> list[dict[str, int]]:
    """What was told and what of it is missing, process by process."""
    chance = random.Random(4)
    Audit.open(address, durable).close()
    told = [_killed(address, durable, chance.uniform(0.01, _LONGEST)) for _ in range(moments)]
    with Audit.open(address, durable) as audit:
        return [{"told": len(ids), "missing": len(ids - audit.recorded(ids))} for ids in told]


def _killed(address: str, durable: bool, after: float) -> set[str]:
    """The ids that a process told of before it was killed, seconds after the first of them."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _tell_for_ever(address, durable, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        first = pipe.readline()
        killer = Thread(target=_kill, args=(child, after))
        killer.start()
        rest = pipe.read()
        killer.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    # A line that was cut off was not told.
    lines = (first + rest).split(b"\n")[:-1]
    return {name for line in lines for name in line.decode().split()}


def _kill(child: int, after: float) -> None:
    time.sleep(after)
    os.kill(child, signal.SIGKILL)


def _tell_for_ever(address: str, durable: bool, pipe: int) -> None:
    """Record from several threads; each tells ids once their future has ended."""
    try:
        audit, lock = Audit.open(address, durable, MOST_WAITING), Lock()

        def tell() -> None:
            while True:
                request = entries(REQUEST)
                audit.record(request).result()
                with lock:
                    os.write(pipe, (" ".join(one.score_id for one in request) + "\n").encode())
                while not durable and audit.waiting > MOST_WAITING - len(threads) * REQUEST:
                    time.sleep(0.001)  # further ones would be refused

        threads = [Thread(target=tell) for _ in range(3)]
        for thread in threads:
            thread.start()
        threads[0].join()
    finally:
        os._exit(1)


if __name__ == "__main__":
    where, durable, fast = sys.argv[1:]
    seen = {"durable": killed(where, True, int(durable)), "fast": killed(where, False, int(fast))}
    print(json.dumps(seen))
