"""The names under which the package exports its symbols: TensorFlow 2.16 dropped them from its tables."""

from tensorflow.python.util import tf_export

API_NAME = "estimator"


def stand_in() -> None:
    """Adds the API name ``estimator`` to TensorFlow's tables of exported names, where it is not there.

    ``tf_export.get_v1_names`` and ``get_v2_names`` have the names of their tables written out, so they are extended as
    well: they answer for symbols of the estimator as they did up to 2.15.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/python/util/tf_export.py
    """
    if hasattr(tf_export, "ESTIMATOR_API_NAME"):
        return
    attributes = type(tf_export.API_ATTRS[tf_export.TENSORFLOW_API_NAME])
    tf_export.API_ATTRS[API_NAME] = attributes("_estimator_api_names", "_estimator_api_constants")
    tf_export.API_ATTRS_V1[API_NAME] = attributes("_estimator_api_names_v1", "_estimator_api_constants_v1")
    tf_export.get_v1_names = _extended(tf_export.get_v1_names, "_estimator_api_names_v1")
    tf_export.get_v2_names = _extended(tf_export.get_v2_names, "_estimator_api_names")
    tf_export.ESTIMATOR_API_NAME = API_NAME


def _extended(get_names, attribute):
    def get_names_of_estimator_too(symbol):
        return list(get_names(symbol)) + list(getattr(symbol, "__dict__", {}).get(attribute, ()))

    return get_names_of_estimator_too
