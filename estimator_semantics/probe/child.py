"""A child: a function of an experiment carried out in a process of its own, which may be killed."""

import importlib.util
import json
import os
import subprocess
import sys
from typing import Any, Callable

from estimator_semantics.probe.channel import end_with_host


def run(function: Callable[..., Any], *arguments: Any) -> int:
    """Carries out a function in a process of its own, in the same environment, and waits until that has ended.

    Args:
        function: defined at the top level of an experiment; called with ``tf`` first, as ``run`` is.
        *arguments: what it is called with after that; plain JSON values.

    Returns:
        The exit status; of a process that a signal ended, the signal's negative number.
    """
    request = {"path": function.__code__.co_filename, "function": function.__name__, "arguments": arguments}
    start = os.path.join(os.path.dirname(os.path.abspath(__file__)), "start.py")
    process: Any = subprocess.Popen([sys.executable, start, "child"], stdin=subprocess.PIPE, stdout=2)
    try:
        process.stdin.write(json.dumps(request).encode("utf-8") + b"\n")
        process.stdin.flush()
        return process.wait()
    finally:
        process.kill()
        process.stdin.close()


def main() -> int:
    """Answers the one request on standard input; see `run`."""
    request = json.loads(sys.stdin.buffer.readline().decode("utf-8"))
    # Its parent is what a probe has in the host.
    end_with_host()
    from estimator_semantics.probe.adapter import tf

    spec: Any = importlib.util.spec_from_file_location("estimator_semantics_experiment", request["path"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    getattr(module, request["function"])(tf, *request["arguments"])
    return 0
