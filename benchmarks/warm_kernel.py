"""How soon a new kernel has TensorFlow: a warm one beside a plain one, by turns.

    python benchmarks/warm_kernel.py

Measures from the wish for a kernel until `import helpers, tensorflow, keras` has run in it. The warm
process is ready before, as it is in a JupyterLab that has been started by `make lab`.
"""

from __future__ import annotations

import time
from statistics import median

from jupyter_client.manager import KernelManager
from rich.console import Console
from rich.table import Table

from autograde.forkserver.client import can_fork
from autograde.kernels.provisioner import NAME

TIMES = 5
IMPORTS = "import helpers, tensorflow, keras"
PROVISIONERS = {"warm": NAME, "plain": "local-provisioner"}


def measure(provisioner: str) -> float:
    """Seconds until the imports are done in a new kernel that this provisioner starts."""
    manager = KernelManager(kernel_name="python3")
    assert manager.kernel_spec
    manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": provisioner}
    begun = time.perf_counter()
    manager.start_kernel(extra_arguments=["--IPKernelApp.log_level=ERROR"])
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(IMPORTS, timeout=60)
        seconds = time.perf_counter() - begun
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert reply["content"]["status"] == "ok", reply["content"]
    return seconds


def main() -> None:
    """Measure by turns, and print medians and their ratio."""
    if not can_fork():
        raise SystemExit("On this system all kernels are plain.")
    measure(NAME)  # waits until the warm process is ready
    seconds: dict[str, list[float]] = {name: [] for name in PROVISIONERS}
    for _ in range(TIMES):
        for name, provisioner in PROVISIONERS.items():
            seconds[name].append(measure(provisioner))
    table = Table("kernel", *(f"{n + 1}." for n in range(TIMES)), "median s", title=IMPORTS)
    for name, values in seconds.items():
        table.add_row(name, *(f"{value:.2f}" for value in values), f"{median(values):.2f}")
    ratio = median(seconds["plain"]) / median(seconds["warm"])
    table.add_row("plain / warm", *[""] * TIMES, f"{ratio:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
