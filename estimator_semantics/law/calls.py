"""Calls: the same data and the same bounds, trained in each of the ways that there are. What who moves asks for."""

from typing import List, NamedTuple, Optional

from estimator_semantics.law.absent import check_release
from estimator_semantics.law.prediction import Prediction, predict
from estimator_semantics.law.refusal import InvalidPlan
from estimator_semantics.law.release import is_before, minor
from estimator_semantics.law.schema import ARGUMENTS, DATASETS, OF_FIT, Plan
from estimator_semantics.law.sentence import explain
from estimator_semantics.law.turning_points import TF_DATA


class Call(NamedTuple):
    """One way to train, and what comes of it.

    Attributes:
        code: what is called, in short.
        plan: the plan, as this call is asked.
        prediction: what the law says of it.
        explanation: the same in words.
    """

    code: str
    plan: Plan
    prediction: Prediction
    explanation: str


def calls(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> List[Call]:
    """Return the ways to train on the data of a plan under its bounds, those that the releases have.

    What ``steps`` is to an Estimator is ``steps_per_epoch`` to ``fit``, which trains one epoch where the plan does not say
    more, and ``take`` to a loop over a ``Dataset``. ``numpy_input_fn`` has its like in a ``Dataset`` that is repeated and then
    batched.

    Args:
        plan: the plan, checked; its ``api`` is ``"train"``, its arguments of ``fit`` may be given nevertheless.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the newest Keras 3.
    """
    of_fit = {name: getattr(plan, name) for name in OF_FIT}
    estimator = plan._replace(**{name: Plan._field_defaults[name] for name in OF_FIT})
    steps = plan.steps if plan.max_steps is None else max(0, plan.max_steps - plan.global_step)
    max_steps = plan.max_steps if plan.steps is None else plan.global_step + plan.steps
    dataset = estimator._replace(input=plan.input if plan.input in DATASETS else DATASETS[0], num_threads=1)
    both = estimator._replace(api="train_and_evaluate", steps=None, max_steps=max_steps)
    ways = [
        ("Estimator.train(input_fn{})".format(_written(estimator, "train")), estimator),
        ("train_and_evaluate(TrainSpec(input_fn{}))".format(_written(both, "TrainSpec")), both),
    ]
    if steps != 0:
        fit = dataset._replace(api="fit", steps=None, max_steps=None, **of_fit)
        if fit.steps_per_epoch is None:
            fit = fit._replace(steps_per_epoch=steps)
        optimizer = _written(fit, "optimizer")
        compiled = (", optimizer=SGD({})".format(optimizer[2:]) if optimizer else "") + _written(fit, "compile")
        first = "model.compile({}); ".format(compiled[2:]) if compiled else ""
        for generation in (2, 3):
            code = "Keras {}: {}model.fit(dataset{})".format(generation, first, _written(fit, "fit"))
            ways.append((code, fit._replace(keras=generation)))
    ways = [(code, way) for code, way in ways if _is_there(way, tensorflow, keras)]
    if not is_before(tensorflow, TF_DATA):
        take = "" if steps is None else ".take({})".format(steps)
        ways.append(
            ("for batch in dataset{}".format(take), dataset._replace(steps=plan.steps, max_steps=plan.max_steps))
        )
    return [_call(code, each, tensorflow, keras) for code, each in ways]


def _is_there(plan: Plan, tensorflow: Optional[str], keras: Optional[str]) -> bool:
    """Return whether a release has what a call needs."""
    try:
        check_release(plan, tensorflow, _keras_of(plan, keras))
    except InvalidPlan:
        return False
    return True


def _keras_of(plan: Plan, keras: Optional[str]) -> Optional[str]:
    """Return the version of Keras that was given, if it is of the Keras that is called."""
    return keras if keras is not None and minor(keras, "keras")[0] == plan.keras else None


def _written(plan: Plan, call: str) -> str:
    """Return the arguments that are given in a call: ``", epochs=3, steps_per_epoch=2"``."""
    given = [
        argument
        for argument in ARGUMENTS
        if call in argument.written and getattr(plan, argument.name) != argument.default
    ]
    return "".join([", {}={}".format(argument.name, getattr(plan, argument.name)) for argument in given])


def _call(code: str, plan: Plan, tensorflow: Optional[str], keras: Optional[str]) -> Call:
    keras = _keras_of(plan, keras)
    prediction = predict(plan, tensorflow, keras)
    return Call(code, plan, prediction, explain(plan, prediction, tensorflow, keras))
