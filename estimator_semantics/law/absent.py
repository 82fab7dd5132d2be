"""What a release does not have: a plan that needs it is refused for that release, as the records call it absent."""

from typing import Any, Optional

from estimator_semantics.law.fit import generation, of_keras_2
from estimator_semantics.law.refusal import InvalidPlan
from estimator_semantics.law.release import is_before, minor
from estimator_semantics.law.schema import ARGUMENTS, OF_KERAS, Argument, Plan, chosen
from estimator_semantics.law.turning_points import KERAS_3, Turn, since, until


def check_release(plan: Plan, tensorflow: Optional[str] = None, keras: Optional[str] = None) -> None:
    """Say so where a release lacks what a plan needs, or where there is no such release.

    An experiment may go round what is missing, for example with the tensors of an iterator in the place of a Dataset. That is
    why `predict` answers for such a plan nevertheless.

    Args:
        plan: the plan, checked.
        tensorflow: version of TensorFlow; ``None`` for the newest.
        keras: version of Keras; ``None`` for the one that comes with it.

    Raises:
        InvalidPlan: for the first value that the release does not know, or for the version.
    """
    if tensorflow is not None:
        minor(tensorflow)  # refuses what is no version, whatever the plan
    of_keras = generation(plan, tensorflow, keras)
    for argument in ARGUMENTS:
        value = getattr(plan, argument.name)
        choice = chosen(argument, value)
        if choice is not None and choice.since is not None and is_before(tensorflow, choice.since):
            raise _absent(argument, value, choice.since, choice.absent, tensorflow)
    if of_keras == 3 and is_before(tensorflow, KERAS_3):
        value = plan.keras if keras is None else keras
        raise InvalidPlan("keras", value, "keras_of_tensorflow", {"until": until(KERAS_3), "release": tensorflow})
    of_fit = of_keras_2(tensorflow, keras) if of_keras == 2 else keras
    for argument in ARGUMENTS:
        value = getattr(plan, argument.name)
        turn = argument.since
        if turn is not None and value != argument.default:
            is_absent = is_before(tensorflow, turn)
            if argument.apis == OF_KERAS:
                is_absent = _is_absent(turn, of_keras, of_fit)
            if is_absent:
                raise _absent(
                    argument, value, turn, argument.absent, of_fit if argument.apis == OF_KERAS else tensorflow
                )


def _is_absent(turn: Turn, of_keras: int, release: Optional[str]) -> bool:
    if turn.of == "keras":
        return of_keras == 2 or is_before(release, turn)
    return of_keras == 2 and is_before(release, turn)


def _absent(argument: Argument, value: Any, turn: Turn, code: str, release: Optional[str]) -> InvalidPlan:
    of = "Keras" if turn.of == "keras" else "TensorFlow"
    parameters = {"of": of, "since": since(turn), "release": "Keras 2" if release is None else release}
    return InvalidPlan(argument.name, value, code, parameters)
