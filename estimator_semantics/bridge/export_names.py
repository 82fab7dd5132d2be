"""The names under which the package exports its symbols: TensorFlow 2.16 dropped them from its tables."""

from typing import Any, Callable, List

from tensorflow.python.util import tf_export

API_NAME = "estimator"


def stand_in() -> None:
    """Add the API name ``estimator`` to TensorFlow's tables of exported names, where it is not there.

    ``tf_export.get_v1_names``, ``get_v2_names`` and their like for constants have the names of their tables written out, so
    they are extended as well: they answer for symbols of the estimator as they did up to 2.15.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/python/util/tf_export.py
    """
    if hasattr(tf_export, "ESTIMATOR_API_NAME"):
        return
    attributes = type(tf_export.API_ATTRS[tf_export.TENSORFLOW_API_NAME])
    tf_export.API_ATTRS[API_NAME] = attributes("_estimator_api_names", "_estimator_api_constants")
    tf_export.API_ATTRS_V1[API_NAME] = attributes("_estimator_api_names_v1", "_estimator_api_constants_v1")
    # They are called with a symbol, and with a module.
    tf_export.get_v1_names = _extended(tf_export.get_v1_names, "_estimator_api_names_v1")
    tf_export.get_v2_names = _extended(tf_export.get_v2_names, "_estimator_api_names")
    tf_export.get_v1_constants = _extended(tf_export.get_v1_constants, "_estimator_api_constants_v1")
    tf_export.get_v2_constants = _extended(tf_export.get_v2_constants, "_estimator_api_constants")
    tf_export.SUBPACKAGE_NAMESPACES = list(tf_export.SUBPACKAGE_NAMESPACES) + [API_NAME]
    tf_export.ESTIMATOR_API_NAME = API_NAME


def _extended(get_names: Callable[[Any], Any], attribute: str) -> Callable[[Any], List[Any]]:
    def get_names_of_estimator_too(owner):
        return list(get_names(owner)) + list(getattr(owner, "__dict__", {}).get(attribute, ()))

    return get_names_of_estimator_too
