"""The unit tests of tensorflow-estimator itself: the same outcomes through the bridge as on TensorFlow 2.15.1.

They are not part of this project: give a checkout of tensorflow/estimator at tag v2.15.0. Each of their files is run in a
process of its own, by the interpreter that runs this one::

    python tests/bridge_upstream.py run CHECKOUT outcomes.jsonl           # in the mode of TensorFlow 2
    python tests/bridge_upstream.py run CHECKOUT outcomes.jsonl --v1      # after disable_v2_behavior()
    python tests/bridge_upstream.py compare native.jsonl bridged.jsonl    # exit status 1 where an outcome differs

One test is known to differ with NumPy 2: test_float_labels_eval of BinaryClassHeadTest, and of BinaryLogisticHead after
disable_v2_behavior(), compares a float32 with a Python number to seven places. Since NEP 50 their difference is a float32 as
well, and the last bit of one is more than the seventh place. https://numpy.org/neps/nep-0050-scalar-promotion.html

Give both sides pandas, or none of them: two tests of pandas_input_fn fail where it is not installed.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "tensorflow_estimator/python/estimator"

# A file that runs longer hangs, even on a busy machine.
SECONDS = 3600

# Aliases that Python 3.12 removed and these tests still use.
ALIASES = {
    "assertEquals": "assertEqual",
    "assertNotEquals": "assertNotEqual",
    "assertAlmostEquals": "assertAlmostEqual",
    "assertItemsEqual": "assertCountEqual",
    "assertRaisesRegexp": "assertRaisesRegex",
    "assertRegexpMatches": "assertRegex",
    "assertNotRegexpMatches": "assertNotRegex",
    "assert_": "assertTrue",
}


class _Outcomes(unittest.TestResult):
    """Writes each outcome down when it is known, so that a crash takes only the test that crashed."""

    def __init__(self, out):
        super().__init__()
        self._out = out
        self._worst = None

    def startTest(self, test):
        super().startTest(test)
        self._worst = ("passed", "")
        self._say(test, "started", "")

    def stopTest(self, test):
        super().stopTest(test)
        self._say(test, *self._worst)

    def _say(self, test, outcome, why):
        name = ".".join(test.id().split(".")[-2:])
        self._out.write(json.dumps({"test": name, "outcome": outcome, "why": why[-1500:]}) + "\n")
        self._out.flush()

    def addError(self, test, error):
        super().addError(test, error)
        self._fail(test, "error", error)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._fail(test, "failed", error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._worst = ("skipped", reason)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self._fail(test, "failed", error)

    def _fail(self, test, outcome, error):
        self._worst = (outcome, self._exc_info_to_string(error, test))
        if not isinstance(test, unittest.TestCase):  # setUpClass, or a module that does not import
            self._say(test, *self._worst)


def run_one(path: str, out: str, v1: bool) -> None:
    """Run one file of tests in this process, and end the process.

    Args:
        path: the file.
        out: file that gets a JSON line for each test that starts and ends.
        v1: whether TensorFlow behaves as TensorFlow 1.
    """
    import tensorflow as tf
    from absl import flags

    for old, new in ALIASES.items():
        if not hasattr(unittest.TestCase, old):
            setattr(unittest.TestCase, old, getattr(unittest.TestCase, new))
    if v1:
        tf.compat.v1.disable_v2_behavior()
    sys.argv = [path]
    with open(out, "a") as file:
        outcomes = _Outcomes(file)
        try:
            spec = importlib.util.spec_from_file_location(Path(path).stem, path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[spec.name] = module
            spec.loader.exec_module(module)
            flags.FLAGS(sys.argv)
            tests = unittest.defaultTestLoader.loadTestsFromModule(module)
        except BaseException as error:
            file.write(json.dumps({"test": "import", "outcome": "error", "why": repr(error)}) + "\n")
            raise
        tests.run(outcomes)
        file.write(json.dumps({"test": "all", "outcome": "ended", "why": ""}) + "\n")
    os._exit(0)


def run(checkout: Path, out: Path, v1: bool, only: str, lock: str) -> None:
    """Run all files of tests but those for TPUs, and write one JSON line a test.

    Args:
        checkout: a checkout of tensorflow/estimator.
        out: the file to write. Files that it already has are not run again.
        v1: whether TensorFlow behaves as TensorFlow 1.
        only: a part of the names of the files to run.
        lock: a file to hold locked while a file of tests runs, or nothing.
    """
    done = {outcome["file"] for outcome in _read(out)} if out.exists() else set()
    for path in sorted((checkout / PACKAGE).rglob("*_test.py")):
        name = str(path.relative_to(checkout / PACKAGE))
        if name.startswith("tpu/") or name in done or only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            ended = os.path.join(folder, "ended")
            command = [sys.executable, "-m", "estimator_semantics.bridge", "--legacy-keras", __file__]
            command += ["one", str(path), ended] + ["--v1"] * v1
            command = ["flock", lock] * bool(lock) + command
            environment = dict(os.environ, PYTHONPATH=str(ROOT), TF_CPP_MIN_LOG_LEVEL="2", TEST_TMPDIR=folder)
            try:
                status = subprocess.run(
                    command,
                    env=environment,
                    cwd=folder,
                    timeout=SECONDS,
                    capture_output=True,
                    text=True,
                    errors="replace",
                )
                status, tail = status.returncode, status.stderr[-1500:]
            except subprocess.TimeoutExpired:
                status, tail = "timeout", ""
            outcomes = {}
            for line in Path(ended).read_text().splitlines() if os.path.exists(ended) else ():
                outcome = json.loads(line)
                outcomes[outcome["test"]] = outcome
            if outcomes.pop("all", None) is None:
                outcomes["file"] = {"test": "file", "outcome": "error", "why": f"exit {status}: {tail}"}
        with out.open("a") as file:
            for outcome in outcomes.values():
                file.write(json.dumps(dict(outcome, file=name)) + "\n")
        print(name, dict(Counter(outcome["outcome"] for outcome in outcomes.values())), flush=True)


def compare(native: Path, bridged: Path) -> int:
    """Print the tests whose outcomes differ.

    Args:
        native: outcomes on TensorFlow 2.15.1.
        bridged: outcomes through the bridge.

    Returns:
        How many differ.
    """
    left = {(outcome["file"], outcome["test"]): outcome for outcome in _read(native)}
    right = {(outcome["file"], outcome["test"]): outcome for outcome in _read(bridged)}
    different = 0
    for key in sorted(left.keys() | right.keys()):
        outcomes = [side.get(key, {}).get("outcome", "absent") for side in (left, right)]
        if outcomes[0] != outcomes[1]:
            different += 1
            why = (right.get(key, {}).get("why") or left.get(key, {}).get("why") or "").strip().split("\n")[-1]
            print("{} {}: {} -> {}  {}".format(*key, *outcomes, why[:300]))
    for name, side in (("native", left), ("bridged", right)):
        files = len({file for file, _ in side})
        print(name, files, "files", dict(Counter(outcome["outcome"] for outcome in side.values())))
    print(different, "outcomes differ")
    return different


def _read(path: Path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_outcomes_that_differ_are_counted(tmp_path, capsys):
    same = {"file": "a_test.py", "test": "T.test_one", "outcome": "passed", "why": ""}
    other = {"file": "a_test.py", "test": "T.test_two", "outcome": "passed", "why": ""}
    native, bridged = tmp_path / "native", tmp_path / "bridged"
    native.write_text(json.dumps(same) + "\n" + json.dumps(other) + "\n")
    bridged.write_text(json.dumps(same) + "\n" + json.dumps(dict(other, outcome="failed", why="T\n1 != 2")) + "\n")
    assert compare(native, native) == 0
    assert compare(native, bridged) == 1
    assert "a_test.py T.test_two: passed -> failed  1 != 2" in capsys.readouterr().out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("run")
    verb.add_argument("checkout", type=Path)
    verb.add_argument("out", type=Path)
    verb.add_argument("--v1", action="store_true")
    verb.add_argument("--only", default="")
    verb.add_argument("--lock", default="")
    verb = verbs.add_parser("one")
    verb.add_argument("path")
    verb.add_argument("out")
    verb.add_argument("--v1", action="store_true")
    verb = verbs.add_parser("compare")
    verb.add_argument("native", type=Path)
    verb.add_argument("bridged", type=Path)
    given = parser.parse_args()
    if given.verb == "run":
        run(given.checkout, given.out, given.v1, given.only, given.lock)
    elif given.verb == "one":
        run_one(given.path, given.out, given.v1)
    else:
        sys.exit(min(compare(given.native, given.bridged), 1))
