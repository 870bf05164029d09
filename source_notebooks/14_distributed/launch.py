"""Start the workers of worker.py on this machine, as a scheduler does on the machines of a cluster.

Lesson 14 imports `run_workers`.
"""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path


def free_ports(n):
    """Return the numbers of n network ports of this machine that are free now."""
    sockets = [socket.socket() for _ in range(n)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def run_workers(n_workers, folder, time_limit=180):
    """Start workers on this machine and wait for them; return what went wrong, or None.

    `folder` holds data.npz, and takes what the workers write. As soon as one fails, and when they
    take more than `time_limit` seconds, all are stopped. None of them is left running.
    """
    addresses = [f"127.0.0.1:{port}" for port in free_ports(n_workers)]
    program = Path(__file__).with_name("worker.py")
    workers = []
    try:
        for rank in range(n_workers):
            task = {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": rank}}
            told = {"TF_CONFIG": json.dumps(task), "no_proxy": "127.0.0.1"}
            with open(folder / f"worker-{rank}.log", "w") as log:
                command = [sys.executable, str(program), str(folder)]
                workers.append(
                    subprocess.Popen(command, env=os.environ | told, stdout=log, stderr=log)
                )
        deadline = time.monotonic() + time_limit
        while any(worker.poll() is None for worker in workers):
            # When one has failed, the others would wait for it for ever.
            if any(worker.poll() for worker in workers):
                break
            if time.monotonic() > deadline:
                return f"The workers were stopped: they took more than {time_limit} seconds."
            time.sleep(0.2)
        failed = [rank for rank, worker in enumerate(workers) if worker.poll()]
        if failed:
            log = (folder / f"worker-{failed[0]}.log").read_text()
            return f"Worker {failed[0]} failed. The end of what it wrote:\n{log[-1500:]}"
        return None
    finally:
        for worker in workers:
            worker.kill()  # does nothing to one that has ended
            worker.wait()
