"""A lineup: which case of one environment is compared with which case of another.

Most cases are compared with themselves. Cases about ``fit`` exist once for each Keras, and ``tf.keras`` is another Keras since
TensorFlow 2.16, so these cases are compared by the *default* Keras of each environment.
"""

import re
from collections.abc import Sequence

from estimator_semantics.host import experiments
from estimator_semantics.host.experiments import Specification
from estimator_semantics.host.record import Header, Record, Result
from estimator_semantics.law import turning_points
from estimator_semantics.law.release import is_before
from estimator_semantics.probe.experiment import split_name

_GENERATION = re.compile(r"Keras \d(: |$)")

# Experiment, case and scale, as in a lineup.
Place = tuple[str, str, str]


def default_keras(header: Header) -> int:
    """Return which Keras ``tf.keras`` is in an environment: 2 or 3.

    Args:
        header: the header of the environment's record.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/python/util/lazy_loader.py
    """
    is_legacy = header.variables.get("TF_USE_LEGACY_KERAS") in ("true", "True", "1")
    return 2 if is_before(header.versions.tensorflow, turning_points.KERAS_3) or is_legacy else 3


def generation(specification: Specification) -> int | None:
    """Return which Keras a case is about; None if it is about none."""
    return specification.plans["quick"].keras


def place(specification: Specification, scale: str, *, each_keras: bool = False) -> Place:
    """Return the place under which a case is compared.

    Args:
        specification: the case.
        scale: full or quick.
        each_keras: whether Keras 2 is compared with Keras 2 and Keras 3 with Keras 3, instead of the defaults.
    """
    name, case = split_name(specification.name)
    is_by_default = generation(specification) is not None and not each_keras
    return name, _GENERATION.sub("", case) if is_by_default else case, scale


def lineup(
    record: Record, *, each_keras: bool = False, keras: int | None = None
) -> dict[Place, tuple[Result, Specification | None]]:
    """Return the answers of a record by the place under which they are compared.

    Without `each_keras`, the answers of another Keras than `keras` are left out.

    Args:
        record: the record.
        each_keras: see `place`.
        keras: 2 or 3; by default what ``tf.keras`` is in the environment.
    """
    wanted = keras or default_keras(record.header)
    by_place: dict[Place, tuple[Result, Specification | None]] = {}
    for result in record.results:
        specification = experiments.find(result.experiment)
        if specification is None:
            name, case = split_name(result.experiment)
            by_place[name, case, result.scale] = result, None
        elif each_keras or generation(specification) in (None, wanted):
            by_place[place(specification, result.scale, each_keras=each_keras)] = result, specification
    return by_place


def with_partners(cases: Sequence[Specification]) -> tuple[Specification, ...]:
    """Return cases together with those that they are compared with: the same cases of the other Keras.

    Args:
        cases: the cases.
    """
    places = {place(case, "quick") for case in cases}
    names = dict.fromkeys(split_name(case.name)[0] for case in cases)
    return tuple(case for name in names for case in experiments.specifications(name) if place(case, "quick") in places)
