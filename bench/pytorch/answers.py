"""Answers requests, one JSON object a line on stdin, with one JSON line each: so libraries load once, and rounds can alternate."""

import json
import statistics
import sys
import time


def answer(handlers):
    """Each handler gets the request and returns a function to time, or a dict to send as it is."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            found = handlers[request["verb"]](request)
            clock = time.process_time if request.get("processor") else time.perf_counter
            result = found if isinstance(found, dict) else timed(found, request["seconds"], clock)
        except Exception as error:  # The bench says which way failed and goes on.
            result = {"error": repr(error)}
        print(json.dumps(result), flush=True)


def timed(action, seconds, clock=time.perf_counter):
    """Median milliseconds, by this clock, of an action that is repeated for so long, at least twice."""
    times, end = [], clock() + seconds
    while len(times) < 2 or clock() < end:
        start = clock()
        action()
        times.append((clock() - start) * 1000)
    return {"ms": statistics.median(times)}
