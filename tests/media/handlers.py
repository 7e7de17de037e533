"""What child processes are told to run in tests; imports nothing that takes time."""

import os
import signal
import time


def sleeper(job, data):
    """A handler that does as it is told."""
    if job.get("heavy") and not job["alone"]:
        return {"heavy": True}, b""
    if job.get("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if job.get("print"):
        print("noise on standard output", flush=True)
    if job.get("allocate"):
        bytearray(job["allocate"])
    time.sleep(job.get("sleep", 0))
    return {"name": job.get("name")}, data
