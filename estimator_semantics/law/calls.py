"""Calls: the same data and the same bounds, trained in each of the ways that there are. What who moves asks for."""

from typing import List, NamedTuple, Optional

from estimator_semantics.law.absent import FIT_TAKES_A_DATASET, TF_DATA, TRAIN_AND_EVALUATE
from estimator_semantics.law.fit import KERAS_3
from estimator_semantics.law.plan import Plan
from estimator_semantics.law.prediction import Prediction, predict
from estimator_semantics.law.release import is_before, minor
from estimator_semantics.law.sentence import explain


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
    """Returns the ways to train on the data of a plan under its bounds, those that the releases have.

    What ``steps`` is to an Estimator is ``steps_per_epoch`` to ``fit``, which trains one epoch where the plan does not say
    more, and ``take`` to a loop over a ``Dataset``. ``numpy_input_fn`` has its like in a ``Dataset`` that is repeated and then
    batched.

    Args:
        plan: the plan, checked; its ``api`` is ``"train"``, its arguments of ``fit`` may be given nevertheless.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the newest Keras 3.
    """
    of_fit = {"epochs": plan.epochs, "initial_epoch": plan.initial_epoch, "steps_per_execution": plan.steps_per_execution}
    estimator = plan._replace(**{name: Plan._field_defaults[name] for name in of_fit}, steps_per_epoch=None)
    steps = plan.steps if plan.max_steps is None else max(0, plan.max_steps - plan.global_step)
    max_steps = plan.max_steps if plan.steps is None else plan.global_step + plan.steps
    dataset = estimator._replace(
        input="repeat, then batch" if plan.input == "numpy_input_fn" else plan.input, num_threads=1
    )
    bounds = "".join(", {}={}".format(name, getattr(plan, name)) for name in ("steps", "max_steps") if getattr(plan, name))
    found = [("Estimator.train(input_fn{})".format(bounds), estimator)]
    if not is_before(tensorflow, TRAIN_AND_EVALUATE):
        spec = "" if max_steps is None else ", max_steps={}".format(max_steps)
        both = estimator._replace(api="train_and_evaluate", steps=None, max_steps=max_steps)
        found.append(("train_and_evaluate(TrainSpec(input_fn{}))".format(spec), both))
    if not is_before(tensorflow, FIT_TAKES_A_DATASET) and steps != 0:
        per_epoch = plan.steps_per_epoch if plan.steps_per_epoch is not None else steps
        fit = dataset._replace(api="fit", steps=None, max_steps=None, steps_per_epoch=per_epoch, **of_fit)
        arguments = "".join(
            ", {}={}".format(name, getattr(fit, name))
            for name in ("epochs", "initial_epoch", "steps_per_epoch")
            if getattr(fit, name) != Plan._field_defaults[name]
        )
        for generation in (2, 3):
            # Keras 3 comes with TensorFlow 2.16; Keras 2 is the package tf-keras since then.
            if generation == 2 or not is_before(tensorflow, KERAS_3):
                code = "Keras {}: model.fit(dataset{})".format(generation, arguments)
                found.append((code, fit._replace(keras=generation)))
    if not is_before(tensorflow, TF_DATA):
        take = "" if steps is None else ".take({})".format(steps)
        loop = dataset._replace(steps=plan.steps, max_steps=plan.max_steps)
        found.append(("for batch in dataset{}".format(take), loop))
    return [_call(code, each, tensorflow, keras) for code, each in found]


def _call(code: str, plan: Plan, tensorflow: Optional[str], keras: Optional[str]) -> Call:
    if keras is not None and minor(keras, "keras")[0] != plan.keras:
        keras = None
    prediction = predict(plan, tensorflow, keras)
    return Call(code, plan, prediction, explain(plan, prediction, tensorflow, keras))
