"""``explain``: how many steps a training runs, and why."""

import sys
from typing import Any

from estimator_semantics import law
from estimator_semantics.host.cli.output import write, write_wrapped
from estimator_semantics.law.calls import Call, calls
from estimator_semantics.law.data import of_call
from estimator_semantics.law.fit import KERAS_3
from estimator_semantics.law.plan import MIRRORING
from estimator_semantics.law.release import is_before
from estimator_semantics.law.typed import number

# Said below a table with an Estimator in it, of a release that has none. It left when tf.keras became Keras 3.
REMOVED = "tf.estimator was removed from TensorFlow in 2.16; python -m estimator_semantics.bridge runs a program with it there."


def explain(
    counts: dict[str, str],
    *,
    api: str | None,
    input: str | None,
    drop_remainder: bool,
    known_size: bool,
    strategy: str | None,
    tensorflow: str | None,
    keras: str | None,
    as_json: bool,
) -> None:
    """Prints what the law says of a plan.

    Args:
        counts: the plan's counts as they were typed.
        api: what is called; every way to train on that data, side by side, if None.
        input: where the batches come from; what is usual for the API if None.
        drop_remainder: whether a batch that is not full is left out.
        known_size: whether a Dataset knows how many batches it has.
        strategy: how several train side by side; one process on its own if None.
        tensorflow: version of TensorFlow; the newest if None.
        keras: version of Keras; the one that comes with TensorFlow if None.
        as_json: an object with the fields of the prediction, or a sentence and a table.

    Raises:
        InvalidPlan: for a value that no training accepts, or that release does not know.
    """
    flags = {"drop_remainder": drop_remainder, "known_size": known_size}
    if api is None and strategy is None:
        plan = _checked(_typed(counts, "train", input, None, **flags))
        law.check_release(plan, tensorflow, keras)
        answered, text = _explain_all(plan, tensorflow, keras)
    else:
        releases = {"tensorflow": tensorflow, "keras": keras}
        prediction, text = answer(counts, api=api or "train", input=input, strategy=strategy, **flags, **releases)
        answered = _fields(prediction, text)
    note = _note(tensorflow, keras)
    if as_json:
        write(_json({**answered, **({"note": note} if note else {})}) + "\n")
        return
    if note:
        print(f"estimator-semantics: {note}", file=sys.stderr)
    write_wrapped(text + "\n")


def answer(
    counts: dict[str, str],
    *,
    api: str,
    input: str | None,
    drop_remainder: bool,
    known_size: bool = True,
    strategy: str | None = None,
    tensorflow: str | None,
    keras: str | None = None,
) -> tuple[law.Prediction | law.ClusterPrediction, str]:
    """Returns what the law says of a plan that was typed, and the sentence on it. The page's calculator does the same."""
    plan = law.check(_typed(counts, api, input, strategy, drop_remainder=drop_remainder, known_size=known_size))
    law.check_release(plan, tensorflow, keras)
    if plan.strategy is None:
        prediction = law.predict(plan, tensorflow, keras)
        return prediction, law.explain(plan, prediction, tensorflow, keras)
    together = law.predict_cluster(plan, tensorflow)
    return together, law.explain_cluster(plan, together, tensorflow)


def _typed(
    counts: dict[str, str],
    api: str,
    input: str | None,
    strategy: str | None,
    *,
    drop_remainder: bool,
    known_size: bool,
) -> law.Plan:
    """Returns the plan that was typed, not checked yet."""
    numbers = {field: number(text) for field, text in counts.items()}
    of_dataset = api == "fit" or strategy in MIRRORING
    source = input or ("repeat, then batch" if of_dataset else "numpy_input_fn")
    flags = {"drop_remainder": drop_remainder, "known_size": known_size}
    return law.Plan(**numbers, api=api, input=source, strategy=strategy, **flags)


def _explain_all(plan: law.Plan, tensorflow: str | None, keras: str | None) -> tuple[dict[str, Any], str]:
    """Returns what every call does, as an object and as a sentence with a table."""
    found = calls(plan, tensorflow, keras)
    headline = found[0]
    listed = [{"call": call.code, "api": call.plan.api, "keras": call.plan.keras, **_of_call(call)} for call in found]
    answered = {**_of_call(headline), "calls": listed}
    rows = [(call.code, _steps(call), _end(call)) for call in found]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{code:<{widths[0]}}  {steps:>{widths[1]}}  {end}".rstrip() for code, steps, end in rows]
    removed = () if is_before(tensorflow, KERAS_3) else ("", REMOVED)
    return answered, "\n".join((headline.explanation, "", *lines, *removed))


def _of_call(call: Call) -> dict[str, Any]:
    return _fields(call.prediction, call.explanation)


def _fields(prediction: law.Prediction | law.ClusterPrediction, sentence: str) -> dict[str, Any]:
    fields = law.plain(prediction._asdict())
    for name in ("steps_by_epoch", "raises"):  # said only where there is something to say
        if fields.get(name, ...) is None:
            del fields[name]
    return {**fields, "explanation": sentence}


def _steps(call: Call) -> str:
    steps = call.prediction.steps
    if steps is None:
        return "never ends"
    if call.plan.api == "fit" and call.prediction.raises and not steps:
        return "refused"
    return f"{steps:,} step{'' if steps == 1 else 's'}"


def _end(call: Call) -> str:
    epochs, bound, raises = call.prediction.steps_by_epoch, call.prediction.bound, call.prediction.raises
    if raises:
        return raises if call.plan.api == "fit" and not call.prediction.steps else f"raises: {raises}"
    if bound is None:
        # Up to TensorFlow 1.9 train_and_evaluate does not end with data that does.
        again = of_call(call.plan).batches is not None
        return "input_fn is called again whenever the data ends" if again else "the data is endless"
    ends = "until the data ends" if bound == "epochs" else f"until {bound} {'are' if bound == 'steps' else 'is'} reached"
    if epochs is not None and len(epochs) != 1:
        shown = ", ".join(f"{steps:,}" for steps in epochs[:6]) + (", ..." if len(epochs) > 6 else "")
        return f"{ends}, epoch by epoch: {shown or 'none'}"
    return ends


def _checked(plan: law.Plan) -> law.Plan:
    """Returns the plan, of which an Estimator and fit are both to be trained, after each has checked what it takes."""
    plain = {name: law.Plan._field_defaults[name] for name in law.OF_FIT}
    checked = law.check(plan._replace(**plain))
    of_fit = law.check(law.Plan(1, 1, api="fit", input="batch, then repeat", **{name: getattr(plan, name) for name in plain}))
    return checked._replace(**{name: getattr(of_fit, name) for name in plain})


def _note(tensorflow: str | None, keras: str | None) -> str:
    """Returns what to say of releases that were not measured; nothing where none was given."""
    if tensorflow is None and keras is None:
        return ""
    from estimator_semantics.host.cli import unmeasured  # it reads the list of releases

    return unmeasured.note(tensorflow, keras)


def _json(fields: dict[str, Any]) -> str:
    import json  # most answers do without it, and it takes as long as they do

    return json.dumps(fields)
