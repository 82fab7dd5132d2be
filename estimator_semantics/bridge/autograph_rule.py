"""AutoGraph leaves Keras alone; TensorFlow 2.16 does not know yet that tf_keras is Keras.

Only tf_keras is exempt, not the package itself: a model_fn with ``if tensor:`` relies on being converted, and it is called by
the package.

Source:
    https://github.com/tensorflow/tensorflow/blob/v2.17.0/tensorflow/python/autograph/core/config.py
"""

from tensorflow.python.autograph.core import config, config_lib

PACKAGE = "tf_keras"


def stand_in() -> None:
    """Add the rule for tf_keras that TensorFlow 2.17 has, if it is not there."""
    if not any(rule.matches(PACKAGE) for rule in config.CONVERSION_RULES):
        config.CONVERSION_RULES += (config_lib.DoNotConvert(PACKAGE),)
