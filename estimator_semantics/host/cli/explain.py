"""``explain``: how many steps a training runs, and why."""

import sys
from typing import Any

from estimator_semantics import law
from estimator_semantics.host.cli.output import write, write_wrapped
from estimator_semantics.law.answer import answer, removed
from estimator_semantics.law.calls import Call, calls
from estimator_semantics.law.data import of_call
from estimator_semantics.law.prediction import OPTIONAL
from estimator_semantics.law.schema import DATASETS, OF_FIT, OF_KERAS, Plan
from estimator_semantics.law.typed import plan_of
from estimator_semantics.law.wording import many, say


def explain(typed: dict[str, Any], *, tensorflow: str | None, keras: str | None, as_json: bool) -> None:
    """Print what the law says of a plan.

    Args:
        typed: what was typed, as `law.typed.plan_of` takes it; without an API every way to train on that data, side by side.
        tensorflow: version of TensorFlow; the newest if None.
        keras: version of Keras; the one that comes with TensorFlow if None.
        as_json: an object with the fields of the prediction, or a sentence and a table.

    Raises:
        InvalidPlan: for a value that no training accepts, or that release does not know.
    """
    if typed["api"] is None and typed["strategy"] is None:
        answered, text = _explain_all(_checked(plan_of(typed), tensorflow, keras), tensorflow, keras)
    else:
        outcome = answer(typed, tensorflow, keras)
        text = say(outcome.explanation)
        answered = _fields(outcome.prediction, text)
    note = _note(tensorflow, keras)
    if as_json:
        write(_json({**answered, **({"note": note} if note else {})}) + "\n")
        return
    if note:
        print(f"estimator-semantics: {note}", file=sys.stderr)
    write_wrapped(text + "\n")


def _explain_all(plan: Plan, tensorflow: str | None, keras: str | None) -> tuple[dict[str, Any], str]:
    """Return what every call does, as an object and as a sentence with a table."""
    by_call = calls(plan, tensorflow, keras)
    headline = by_call[0]
    listed = [{"call": call.code, "api": call.plan.api, "keras": call.plan.keras, **_of_call(call)} for call in by_call]
    answered = {**_of_call(headline), "calls": listed}
    rows = [(call.code, _steps(call), _end(call)) for call in by_call]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{code:<{widths[0]}}  {steps:>{widths[1]}}  {end}".rstrip() for code, steps, end in rows]
    note = say(removed(tensorflow))
    return answered, "\n".join((headline.explanation, "", *lines, *(("", note) if note else ())))


def _of_call(call: Call) -> dict[str, Any]:
    return _fields(call.prediction, call.explanation)


def _fields(prediction: law.Prediction | law.ClusterPrediction, sentence: str) -> dict[str, Any]:
    fields = law.plain(prediction._asdict())
    for name in OPTIONAL:
        if fields.get(name, ...) is None:
            del fields[name]
    return {**fields, "explanation": sentence}


def _steps(call: Call) -> str:
    steps = call.prediction.steps
    if steps is None:
        return "never ends"
    if call.plan.api == "fit" and call.prediction.raises and not steps:
        return "refused"
    return many(steps, "step")


def _end(call: Call) -> str:
    epochs, bound, raises = call.prediction.steps_by_epoch, call.prediction.bound, call.prediction.raises
    if raises is not None:
        return say(raises) if call.plan.api == "fit" and not call.prediction.steps else f"raises: {say(raises)}"
    if bound is None:
        # Up to TensorFlow 1.9 train_and_evaluate does not end with data that does.
        again = of_call(call.plan).batches is not None
        return "input_fn is called again whenever the data ends" if again else "the data is endless"
    ends = (
        "until the data ends" if bound == "epochs" else f"until {bound} {'are' if bound == 'steps' else 'is'} reached"
    )
    if epochs is not None and len(epochs) != 1:
        shown = ", ".join(f"{steps:,}" for steps in epochs[:6]) + (", ..." if len(epochs) > 6 else "")
        return f"{ends}, epoch by epoch: {shown or 'none'}"
    return ends


def _checked(plan: Plan, tensorflow: str | None, keras: str | None) -> Plan:
    """Return the plan, of which an Estimator and fit are both to be trained, after each has checked what it takes."""
    plain = {name: Plan._field_defaults[name] for name in OF_FIT}
    checked = law.check(plan._replace(**plain))
    law.check_release(checked, tensorflow, keras)
    of_fit = law.check(Plan(1, 1, api=OF_KERAS[0], input=DATASETS[0], **{name: getattr(plan, name) for name in plain}))
    both = checked._replace(**{name: getattr(of_fit, name) for name in plain})
    law.check_release(both, tensorflow, keras)
    return both


def _note(tensorflow: str | None, keras: str | None) -> str:
    """Return what to say of releases that were not measured; nothing where none was given."""
    if tensorflow is None and keras is None:
        return ""
    from estimator_semantics.host.cli import unmeasured  # it reads the list of releases

    return unmeasured.note(tensorflow, keras)


def _json(fields: dict[str, Any]) -> str:
    import json  # most answers do without it, and it takes as long as they do

    return json.dumps(fields)
