"""The three runs: the global step over time against the two bounds, as a picture (SVG)."""

from collections.abc import Sequence

import markupsafe

from estimator_semantics import law
from estimator_semantics.host import words
from estimator_semantics.host.record import Result
from estimator_semantics.host.report import templates
from estimator_semantics.host.report.chapters import Training

PLOT = 230
BETWEEN = 40
LEFT = 64
TOP = 56
BASE = 250
ROOM_ABOVE = 1.08


def three_runs(trainings: Sequence[Training]) -> str:
    """Return the picture: a panel for each training, all to the same scale.

    Args:
        trainings: the three, with what was measured on the release that is shown.
    """
    plans = [training.case.plans[training.scale] for training in trainings]
    highest = ROOM_ABOVE * max(_epoch_bound(plan) or 0 for plan in plans)
    highest = max([highest, *(ROOM_ABOVE * plan.steps for plan in plans if plan.steps)])
    longest = max(_way(training.example)[-1][0] for training in trainings) or 1.0
    every = _round(longest / 4)
    return templates.markup.get_template("three_runs.svg").render(
        title=f"The three trainings on TensorFlow {trainings[0].release}: global step over time, and the two bounds",
        desc=" ".join(_said(training) for training in trainings),
        style=markupsafe.Markup(templates.source("picture.css")),
        width=LEFT + len(trainings) * (PLOT + BETWEEN),
        height=BASE + 40,
        plot=PLOT,
        base=BASE,
        ticks=[{"y": _y(step, highest), "says": f"{step:,}"} for step in _steps(highest)],
        seconds=[{"x": _x(every * at, longest), "says": f"{every * at:g}"} for at in range(int(longest / every) + 1)],
        panels=[
            {"x": LEFT + at * (PLOT + BETWEEN), "first": at == 0, **_panel(training, highest, longest)}
            for at, training in enumerate(trainings)
        ],
    )


def _panel(training: Training, highest: float, longest: float) -> dict[str, object]:
    plan, way = training.case.plans[training.scale], _way(training.example)
    data = _epoch_bound(plan)
    bounds = [("epochs", data, "the data ends"), ("steps", plan.steps, f"steps={plan.steps}")]
    points = [(_x(seconds, longest), _y(step, highest)) for seconds, step in way]
    x, y = points[-1]
    says = words.steps((training.example.measured or {}).get("steps"))
    # Beside the end of the run, where there is room.
    label = {"x": x + 8, "y": y - 8, "anchor": "start"} if x < PLOT / 2 else {"x": x - 36, "y": y + 21, "anchor": "end"}
    return {
        "call": f"train(input_fn{words.bounds(plan)})",
        "says": {"epochs": "ends with the data", "steps": "ends with steps"}.get(
            (training.example.measured or {}).get("bound", ""), ""
        ),
        "bounds": [
            _bound(kind, name, _y(step, highest), f": {step:,}" if kind == "epochs" else "")
            for kind, step, name in bounds
            if step is not None
        ],
        "points": " ".join(f"{px:g},{py:g}" for px, py in points),
        "paced": bool(training.example.pace),
        "end": {"x": x, "y": y, "says": says},
        "label": label,
    }


def _bound(kind: str, name: str, y: float, count: str) -> dict[str, object]:
    # The runs begin below on the left, and end on the right.
    low = y > BASE - 40
    return {"kind": kind, "y": y, "x": PLOT if low else 2, "anchor": "end" if low else "start", "says": name + count}


def _way(result: Result) -> list[tuple[float, int]]:
    """Return the points of a run: those that are recorded between its start and its end."""
    steps = (result.measured or {}).get("steps") or 0
    between = [(seconds, step) for seconds, step in result.pace if seconds < result.seconds and step < steps]
    # The first point is the first step's: what comes before it is setting up.
    begun = [(between[0][0], 0)] if between else [(0.0, 0)]
    return [*begun, *between[1:], (result.seconds, steps)]


def _said(training: Training) -> str:
    plan, result = training.case.plans[training.scale], training.example
    return (
        f"train(input_fn{words.bounds(plan)}) ran {words.measured(result)} in {result.seconds:.0f} seconds; "
        f"the data allows {words.steps_of_data(plan)}."
    )


def _epoch_bound(plan: law.Plan) -> int | None:
    return law.predict(plan._replace(steps=None, max_steps=None)).steps


def _x(seconds: float, longest: float) -> float:
    return round(PLOT * seconds / longest, 1)


def _y(step: float, highest: float) -> float:
    return round(BASE - (BASE - TOP) * step / highest, 1)


def _steps(highest: float) -> list[int]:
    every = int(_round(highest / 4)) or 1
    return [every * at for at in range(int(highest / every) + 1)]


def _round(value: float) -> float:
    """Return 1, 2 or 5 times a power of ten: the nearest that is not below a value."""
    magnitude = 1.0
    while magnitude >= value:
        magnitude /= 10
    while magnitude * 10 < value:
        magnitude *= 10
    return next(magnitude * factor for factor in (1, 2, 5, 10) if magnitude * factor >= value)
