"""Mutants of the step itself."""

from mutants.entry import estimator, mutant, training, wrap


def applied(patch, change):
    """Change how an optimizer of TensorFlow 1 applies gradients."""
    wrap(patch, training("optimizer").Optimizer, "apply_gradients", change)


@mutant
def global_step_increased_twice(patch):
    import tensorflow as tf

    def apply(original, self, gradients, global_step=None, name=None):
        with tf.control_dependencies([original(self, gradients, global_step, name)]):
            return tf.compat.v1.assign_add(global_step, 1).op

    applied(patch, apply)


@mutant
def global_step_not_increased(patch):
    applied(patch, lambda original, self, gradients, global_step=None, name=None: original(self, gradients, None, name))


@mutant
def train_op_run_twice(patch):
    def run(original, self, fetches=None, **named):
        if isinstance(fetches, dict) and "caller" in fetches:
            original(self, fetches=fetches, **named)
        return original(self, fetches=fetches, **named)

    wrap(patch, training("monitored_session")._WrappedSession, "run", run)


def updated(patch, change):
    """Change how Ftrl updates a variable: ``change(update, global_step)``, of which ``update()`` makes the operation."""
    import tensorflow as tf

    def update(original, **named):
        return change(lambda: original(**named), tf.compat.v1.train.get_global_step())

    wrap(patch, tf.compat.v2.raw_ops, "ResourceApplyFtrl", update)


@mutant
def optimizer_skips_each_fourth_update(patch):
    import tensorflow as tf

    def skipping(update, step):
        def updated():
            with tf.control_dependencies([update()]):
                return tf.constant(True)

        return tf.cond(tf.equal(step % 4, 3), lambda: tf.constant(False), updated).op

    updated(patch, skipping)


@mutant
def optimizer_makes_each_update_twice(patch):
    import tensorflow as tf

    def twice(update, step):
        with tf.control_dependencies([update()]):
            return update()

    updated(patch, twice)


@mutant
def optimizer_makes_no_update(patch):
    import tensorflow as tf

    updated(patch, lambda update, step: tf.no_op())


@mutant
def loss_summed_over_the_batch(patch):
    def initialize(original, self, *given, **named):
        original(self, *given, **{"loss_reduction": "sum", **named})

    wrap(patch, estimator("canned.linear").LinearRegressorV2, "__init__", initialize)
