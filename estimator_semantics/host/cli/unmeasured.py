"""Releases that ``explain`` is asked about, and that nobody has measured."""

from collections.abc import Sequence

from estimator_semantics.host import catalogue, packaged
from estimator_semantics.law.release import is_before, minor
from estimator_semantics.law.turning_points import KERAS_IS_A_PACKAGE

TF_KERAS = "tf-keras~="


def note(tensorflow: str | None, keras: str | None) -> str:
    """Return which of the two was not measured, and as what the law answers for it; nothing where both were.

    A release counts as measured with any other of its minor; a Keras 3, with any one between the oldest and the newest.

    Args:
        tensorflow: version that was given.
        keras: likewise.
    """
    measured = [release.version for release in catalogue.releases()]
    notes = []
    if tensorflow is not None:
        notes.append(_of("TensorFlow", tensorflow, measured))
    if keras is not None and minor(keras, "keras")[0] == 3:
        known = [path.stem for path in packaged.paths_of_keras()]
        between = minor(known[0]) <= minor(keras, "keras") <= minor(known[-1])
        notes.append("" if between else _of("Keras", keras, known))
    elif keras is not None:
        notes.append(_of_keras_2(keras, tensorflow, measured))
    return "; ".join(filter(None, notes))


def _of_keras_2(keras: str, tensorflow: str | None, measured: Sequence[str]) -> str:
    if tensorflow is None:
        # A Keras 2 below 2.6 is the older package, whose versions are not those of TensorFlow.
        known = not is_before(keras, KERAS_IS_A_PACKAGE) and minor(keras, "keras") < minor(measured[-1])
        return "" if known else _of("Keras", keras, measured, "the Keras of TensorFlow ")
    its_own = minor(keras, "keras") == _keras_2_of(tensorflow)
    return (
        ""
        if its_own
        else f"Keras {keras}: not measured beside TensorFlow {tensorflow}; answered as the Keras 2 of that"
    )


def _keras_2_of(tensorflow: str) -> tuple[int, int]:
    """Return the minor of the Keras 2 beside a release: its own, or where tf-keras is installed there, that one's."""
    for release in catalogue.releases():
        for pin in release.pins:
            if minor(release.version) == minor(tensorflow) and pin.startswith(TF_KERAS):
                return minor(pin.removeprefix(TF_KERAS), "keras")
    return minor(tensorflow)


def _of(what: str, version: str, measured: Sequence[str], like: str = "") -> str:
    minors = [minor(each) for each in measured]
    if minor(version) in minors and not like:
        return ""
    nearest = max((number for number, each in enumerate(minors) if each <= minor(version)), default=0)
    return f"{what} {version}: not measured; answered as {like}{measured[nearest]}"
