"""The suite's own speed, as ratios to what TensorFlow, Python and the command-line library take anyway."""

import os
import subprocess
import sys
import time
from pathlib import Path

from estimator_semantics.host import catalogue, environments

CHECKOUT = Path(__file__).parent.parent
CORES = len(os.sched_getaffinity(0))
EXPLAIN = ("explain", "--examples", "700000", "--batch-size", "4", "--num-epochs", "1", "--steps", "200000")


def seconds(*command):
    """Returns how long a command took; its output is not of interest, its failure is."""
    begun = time.perf_counter()
    ended = subprocess.run([str(each) for each in command], cwd=CHECKOUT, capture_output=True, text=True)
    taken = time.perf_counter() - begun
    assert ended.returncode in (0, 1), ended.stderr[-2000:]
    return taken


def ours(*arguments):
    """Returns how long a verb of the command took."""
    return seconds(sys.executable, "-m", "estimator_semantics", *arguments)


def importing(python):
    """Returns how long it takes an interpreter to import TensorFlow and to end."""
    return seconds(python, "-c", "import tensorflow")


def test_explain(in_turns, table):
    """Aim: 1.5 times a bare Python with the same command-line library."""
    bare = "import typer; typer.run(lambda: None)"
    functions = {
        "Python, typer and a function that does nothing": lambda: seconds(sys.executable, "-c", bare),
        "explain": lambda: ours(*EXPLAIN),
    }
    for run in functions.values():
        run()
    table("explain, aim 1.5", in_turns(functions), unit="ms", factor=1e3)


def test_check(in_turns, table):
    """Aim: 2 times the import of TensorFlow, on a warm environment, without what must wait."""
    python = environments.build(catalogue.find(catalogue.DEFAULT))
    functions = {
        "import tensorflow": lambda: importing(python),
        "check": lambda: ours("check", "--python", python),
    }
    importing(python)
    table("check, aim 2", in_turns(functions), unit="s", factor=1)


def test_matrix(benchmark, tmp_path, capsys):
    """Aim: 2 times the sum of the imports, shared by the cores; every release once, quick scale, warm environments."""
    pythons = [environments.build(release) for release in catalogue.releases()]
    for python in pythons:
        importing(python)
    imports = sum(importing(python) for python in pythons) / CORES
    whole = benchmark.pedantic(lambda: ours("matrix", "--out", tmp_path, "--again"), rounds=1)
    benchmark.extra_info["sum of the imports / cores"] = imports
    benchmark.extra_info["ratio"] = whole / imports
    with capsys.disabled():
        print(f"\nmatrix, aim 2: {whole:.0f} s, imports / cores {imports:.0f} s, x {whole / imports:.2f}")


