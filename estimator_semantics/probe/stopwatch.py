"""The stopwatch: times the step loop of a training, and counts nothing.

As a program it stays, and times one training after another as it is asked to, so that two releases can take turns
without either being started anew.
"""

import json
import sys
import tempfile
import time
from typing import Any, Callable, Dict

from estimator_semantics.law.plan import Plan
from estimator_semantics.probe import environment, variables
from estimator_semantics.probe.channel import claim_stdout
from estimator_semantics.probe.experiment import ONLY, load


def scaled(plan: Plan, steps: int) -> Plan:
    """Return a plan of the same ratios that runs so many steps.

    Args:
        plan: one with a single epoch.
        steps: how many steps, at least.
    """
    batches = -(-plan.examples // plan.batch_size)
    if plan.steps is None:
        return plan._replace(examples=steps * plan.batch_size)
    if plan.steps < batches:
        # Of the data that is not used, the queue takes only so much as it holds.
        return plan._replace(examples=2 * steps * plan.batch_size, steps=steps)
    return plan._replace(examples=steps * plan.batch_size, steps=steps * plan.steps // batches)


def timed(tf: Any, run: Callable[..., Any], plan: Plan) -> Dict[str, Any]:
    """Return how long the step loop of an experiment took.

    What comes before the first step (graph, session, first checkpoint) and after the last one is not in it, and neither
    is the first step.

    Args:
        tf: the TensorFlow of this process, as experiments use it.
        run: trains once; called with a stopwatch in the place of the watch.
        plan: what is trained.

    Returns:
        ``steps`` and ``seconds`` from the end of the first step to the end of the last one.
    """

    class Stopwatch(tf.SessionRunHook):
        """Has the time of the first and of the last step."""

        def __init__(self, model_dir):
            self.model_dir = model_dir
            self._steps = 0

        @staticmethod
        def counted(input_fn):
            return input_fn

        def after_run(self, run_context, run_values):
            self._last = time.perf_counter()
            if not self._steps:
                self._first = self._last
            self._steps += 1

        def observe(self):
            return {"steps": self._steps - 1, "seconds": self._last - self._first}

    with tempfile.TemporaryDirectory(prefix="estimator-semantics-") as model_dir:
        return run(tf, plan, Stopwatch(model_dir))


def main() -> int:
    """Answers a request on each line of standard input, after a first one that says where the experiments are.

    The first one is ``{"experiments": folder}``, the others ``{"experiment": name, "steps": number}``. Sends the event
    ``environment`` or ``unusable`` first, and then one of ``timed`` and ``untimed`` for each request.

    Returns:
        The exit status: 3 when there is no TensorFlow here, 0 when there are no more requests.
    """
    channel = claim_stdout()
    set_outside = variables.set_outside()
    folder = json.loads(sys.stdin.buffer.readline().decode("utf-8"))["experiments"]
    try:
        from estimator_semantics.probe.adapter import tf
    except Exception as error:  # a broken installation raises anything at all
        channel.send("unusable", why="{}: {}".format(type(error).__name__, error))
        return 3
    versions = environment.versions()
    channel.send("environment", versions=versions, machine=environment.machine(), variables=set_outside)
    for line in iter(sys.stdin.buffer.readline, b""):
        request = json.loads(line.decode("utf-8"))
        try:
            experiment = load(folder, request["experiment"])
            plan = scaled(experiment.plans[ONLY]["quick"], request["steps"])
            channel.send("timed", **timed(tf, experiment.run, plan))
        except Exception as error:
            channel.send("untimed", why=" ".join("{}: {}".format(type(error).__name__, error).split())[:300])
    return 0
