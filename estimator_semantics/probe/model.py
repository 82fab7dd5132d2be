"""A model of one's own: linear regression as a model_fn, with a train_op that the experiment makes."""

from typing import Any, Callable

from estimator_semantics.probe.adapter import tf


def linear(minimize: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """Return a model_fn for data of `synthetic.line`.

    Args:
        minimize: makes the train_op, of an optimizer and a loss.
    """

    def model_fn(features, labels, mode):
        weights = tf.v1.get_variable("weights", [2], dtype=labels.dtype, initializer=tf.v1.zeros_initializer())
        loss = tf.v1.reduce_mean(tf.v1.square(weights[0] * features["x"] + weights[1] - labels))
        optimizer = tf.v1.train.GradientDescentOptimizer(0.1)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=minimize(optimizer, loss))

    return model_fn
