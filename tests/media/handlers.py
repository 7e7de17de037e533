"""What child processes are told to run in tests; imports nothing that takes time."""

import os
import signal
import time


def sleeper(job, data):
    """A handler that does as it is told."""
    if job.get("heavy") and not job["allow_heavy"]:
        return {"heavy": job["heavy"]}, b""
    if job.get("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if job.get("print"):
        print("noise on standard output", flush=True)
    if job.get("allocate"):
        bytearray(job["allocate"])
    until = time.process_time() + job.get("spin", 0)
    while time.process_time() < until:
        pass
    time.sleep(job.get("sleep", 0))
    return {"name": job.get("name")}, data
