"""The runner: carries out experiments in this process and reports each to the host."""

import json
import sys
import tempfile
import time
from typing import Any, Callable, Dict, Optional

from estimator_semantics.law.plan import Plan
from estimator_semantics.probe import environment, variables
from estimator_semantics.probe.channel import Channel, claim_stdout, end_with_host
from estimator_semantics.probe.experiment import Experiment, load, split_name
from estimator_semantics.probe.notices import Notices


def measure(experiment: Experiment, plan: Plan, progress: Optional[Callable[[int], None]] = None) -> Dict[str, Any]:
    """Carries out one experiment on the TensorFlow of this process.

    Args:
        experiment: the experiment.
        plan: one of its plans.
        progress: called with the number of steps run so far, a few times a second.

    Returns:
        What `Watch.observe` returns.

    Raises:
        Absent: this release of TensorFlow lacks an API that the experiment needs.
    """
    from estimator_semantics.probe.adapter import tf
    from estimator_semantics.probe.watch import Watch

    with tempfile.TemporaryDirectory(prefix="estimator-semantics-") as model_dir:
        return experiment.run(tf, plan, Watch(plan, model_dir, progress))


def main() -> int:
    """Answers the one request on standard input; see `answer`."""
    channel = claim_stdout()
    request = json.loads(sys.stdin.buffer.readline().decode("utf-8"))
    end_with_host()
    return answer(request, channel)


def answer(request: Dict[str, Any], channel: Channel) -> int:
    """Measures the cases of a request and sends an event for each thing that happens.

    Args:
        request: ``{"experiments": folder, "cases": [[name, scale], ...]}``.
        channel: where the events go: ``environment`` first, or ``unusable``; for each case ``started``, any number of
            ``progress``, and one of ``measured``, ``absent`` and ``error``; ``done`` last. Without cases TensorFlow is
            not even imported.

    Returns:
        The exit status: 0 when every case was answered, 3 when there is no TensorFlow here.
    """
    # Before TensorFlow is imported, for it sets some of them.
    set_outside = variables.set_outside()
    versions = environment.versions()
    if versions["tensorflow"] is None:
        channel.send("unusable", why="no TensorFlow is installed")
        return 3
    channel.send("environment", versions=versions, machine=environment.machine(), variables=set_outside)
    if not request["cases"]:
        return 0
    try:
        from estimator_semantics.bridge import Unavailable
        from estimator_semantics.probe.adapter import Absent
    except Exception as error:  # a broken installation raises anything at all
        channel.send("unusable", why=_one_line(error))
        return 3
    for name, scale in request["cases"]:
        begun = time.monotonic()
        case = {"experiment": name, "scale": scale}
        notices = Notices()

        def progress(step: int, case: Dict[str, Any] = case) -> None:
            channel.send("progress", step=step, **case)

        def answered(event: str, case: Dict[str, Any] = case, begun: float = begun, **fields: Any) -> None:
            channel.send(event, seconds=round(time.monotonic() - begun, 3), **dict(case, **fields))

        try:
            module, of_several = split_name(name)
            experiment = load(request["experiments"], module)
            plan = experiment.plans[of_several][scale]
            channel.send("started", **case)
            with notices:
                observation = measure(experiment, plan, progress)
        except (Absent, Unavailable) as error:
            answered("absent", why=str(error))
        except Exception as error:
            answered("error", why=_one_line(error), log=notices.lines)
        else:
            answered("measured", log=notices.lines, **observation)
    channel.send("done")
    return 0


def _one_line(error: BaseException) -> str:
    message = " ".join(str(error).split())
    text = "{}: {}".format(type(error).__name__, message) if message else type(error).__name__
    return text if len(text) <= 300 else text[:299] + "…"
