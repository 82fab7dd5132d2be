"""Mutants: a TensorFlow that misbehaves in one way, put in at run time. Nothing on disk is changed.

What each imitates, and which experiments must notice it by which words, is a table: estimator_semantics/host/mutants.csv.
"""

import importlib
import sys

import numpy as np

MUTANTS = {}


def mutant(function):
    """Enters a function that puts a mutant in: it gets pytest's monkeypatch."""
    MUTANTS[function.__name__.replace("_", " ")] = function
    return function


def mutant_of_fit(function):
    """Enters a function that puts a mutant into Model.fit: it gets pytest's monkeypatch, and 2 or 3 for which Keras."""
    does = function.__name__.replace("_", " ")
    MUTANTS[f"fit {does}"] = lambda patch: function(patch, 2)
    MUTANTS[f"fit of Keras 3 {does}"] = lambda patch: function(patch, 3)
    return function


def training(name):
    """Return one of TensorFlow's modules for the session and its hooks."""
    return importlib.import_module(f"tensorflow.python.training.{name}")


def estimator(name):
    """Return one of the modules of tensorflow-estimator; they are imported when tf.estimator is first used."""
    from estimator_semantics.probe.adapter import tf

    assert tf.estimator.Estimator and tf.numpy_input_fn
    return sys.modules[f"tensorflow_estimator.python.estimator.{name}"]


def wrap(patch, owner, name, wrapper):
    """Put ``wrapper(original, ...)`` in the place of a function or method."""
    original = getattr(owner, name)
    patch.setattr(owner, name, lambda *given, **named: wrapper(original, *given, **named))


def dataset():
    """Return the class whose methods every dataset has."""
    from tensorflow.python.data.ops import dataset_ops

    return dataset_ops.DatasetV2


# The step bounds


def stop(patch, later):
    """Move the step at which StopAtStepHook stops."""

    def after_create_session(original, hook, session, coord):
        original(hook, session, coord)
        hook._last_step += later

    wrap(patch, training("basic_session_run_hooks").StopAtStepHook, "after_create_session", after_create_session)


def bounds(patch, changed):
    """Change what becomes of the two step bounds of a call of train."""

    def convert(original, self, steps, max_steps):
        return original(self, *changed(steps, max_steps))

    wrap(patch, estimator("estimator").Estimator, "_convert_train_steps_to_hooks", convert)


@mutant
def stops_one_step_early(patch):
    stop(patch, -1)


@mutant
def stops_one_step_late(patch):
    stop(patch, 1)


@mutant
def steps_taken_as_max_steps(patch):
    bounds(patch, lambda steps, max_steps: (None, max_steps or steps))


@mutant
def max_steps_taken_as_steps(patch):
    bounds(patch, lambda steps, max_steps: (steps or max_steps, None))


@mutant
def steps_ignored(patch):
    bounds(patch, lambda steps, max_steps: (None, max_steps))


@mutant
def max_steps_ignored(patch):
    bounds(patch, lambda steps, max_steps: (steps, None))


@mutant
def trains_though_max_steps_is_reached(patch):
    patch.setattr(estimator("estimator"), "_load_global_step_from_checkpoint_dir", lambda model_dir: 0)


@mutant
def request_to_stop_ignored(patch):
    patch.setattr(training("session_run_hook").SessionRunContext, "request_stop", lambda context: None)


@mutant
def early_stopping_one_step_late(patch):
    def after_run(original, self, run_context, run_values):
        if hasattr(self, "requested"):
            run_context.request_stop()
            return
        later = training("session_run_hook").SessionRunContext(run_context.original_args, run_context.session)
        original(self, later, run_values)
        if later.stop_requested:
            self.requested = True

    wrap(patch, estimator("early_stopping")._StopOnPredicateHook, "after_run", after_run)


@mutant
def summaries_one_step_late(patch):
    def after_run(original, self, run_context, run_values):
        original(self, run_context, run_values)
        self._next_step -= 1

    wrap(patch, training("basic_session_run_hooks").SummarySaverHook, "after_run", after_run)


# The data of numpy_input_fn


def enqueued(patch, **changed):
    """Change arguments of what fills the queue: each by a function of its value."""

    def enqueue(original, *given, **named):
        return original(
            *given, **{name: changed.get(name, lambda value: value)(value) for name, value in named.items()}
        )

    wrap(patch, estimator("inputs.queues.feeding_functions"), "_enqueue_data", enqueue)


def fed(patch, change):
    """Change which examples are put into the queue: ``change(numbers, feeder)`` returns other numbers of examples."""
    feeder = estimator("inputs.queues.feeding_functions")._OrderedDictNumpyFeedFn

    def feed(original, self):
        rows = original(self)
        numbers = np.asarray(change(list(rows[self._index_placeholder]), self))
        rows[self._index_placeholder] = numbers
        for placeholder, column in zip(self._col_placeholders, self._ordered_dict_of_arrays.values(), strict=True):
            rows[placeholder] = column[numbers]
        return rows

    wrap(patch, feeder, "__call__", feed)


@mutant
def numpy_goes_over_the_data_once_more(patch):
    enqueued(patch, num_epochs=lambda epochs: epochs and epochs + 1)


@mutant
def numpy_goes_over_the_data_once_less(patch):
    enqueued(patch, num_epochs=lambda epochs: epochs and epochs - 1)


@mutant
def numpy_ignores_num_epochs(patch):
    enqueued(patch, num_epochs=lambda epochs: None)


@mutant
def numpy_does_not_shuffle(patch):
    enqueued(patch, shuffle=lambda shuffle: False)


@mutant
def numpy_shuffles_in_spite_of_shuffle_false(patch):
    enqueued(patch, shuffle=lambda shuffle: True)


@mutant
def threads_share_the_epochs(patch):
    enqueued(patch, num_threads=lambda threads: 1)


@mutant
def numpy_keeps_epochs_apart_when_it_shuffles(patch):
    def permuted(numbers, feeder):
        order, given = vars(feeder).setdefault("order", []), vars(feeder).setdefault("given", 0)
        feeder.given += len(numbers)
        while len(order) < feeder.given:
            order.extend(np.random.RandomState(len(order)).permutation(feeder._max))
        return order[given : feeder.given]

    enqueued(patch, shuffle=lambda shuffle: False)
    fed(patch, permuted)


@mutant
def numpy_drops_the_ragged_batch(patch):
    from tensorflow.python.ops import data_flow_ops

    patch.setattr(data_flow_ops.QueueBase, "dequeue_up_to", data_flow_ops.QueueBase.dequeue_many)


@mutant
def numpy_gives_an_example_twice(patch):
    fed(patch, lambda numbers, feeder: [numbers[0], *numbers[:-1]])


@mutant
def numpy_never_gives_the_last_example(patch):
    fed(patch, lambda numbers, feeder: [number if number < feeder._max - 1 else 0 for number in numbers])


# The data of a Dataset


def batched(patch, change):
    """Change the size of the batches, and whether the ragged one is left out."""

    def batch(original, self, batch_size, drop_remainder=False, **named):
        return original(self, *change(batch_size, drop_remainder), **named)

    wrap(patch, dataset(), "batch", batch)


@mutant
def Dataset_drops_the_ragged_batch(patch):
    batched(patch, lambda batch_size, drop: (batch_size, True))


@mutant
def Dataset_keeps_the_ragged_batch(patch):
    batched(patch, lambda batch_size, drop: (batch_size, False))


@mutant
def Dataset_makes_batches_too_small(patch):
    batched(patch, lambda batch_size, drop: (batch_size - 1, drop))


@mutant
def Dataset_fills_the_ragged_batch_up(patch):
    def batch(original, self, batch_size, **named):
        batches = (self.cardinality() + batch_size - 1) // batch_size
        return original(self.concatenate(self), batch_size, **named).take(batches)

    wrap(patch, dataset(), "batch", batch)


@mutant
def repeat_goes_on_within_a_batch(patch):
    def repeat(original, self, count=None, **named):
        if "Batch" not in type(self).__name__:
            return original(self, count, **named)
        return original(self.unbatch(), count, **named).batch(self._batch_size)

    wrap(patch, dataset(), "repeat", repeat)


@mutant
def repeat_does_not_repeat(patch):
    wrap(patch, dataset(), "repeat", lambda original, self, count=None, **named: original(self, 1, **named))


def shuffled(patch, **changed):
    """Change arguments of Dataset.shuffle."""

    def shuffle(original, self, buffer_size, **named):
        return original(self, buffer_size, **{**named, **changed})

    wrap(patch, dataset(), "shuffle", shuffle)


@mutant
def every_epoch_in_the_same_order(patch):
    shuffled(patch, reshuffle_each_iteration=False)


@mutant
def every_epoch_in_an_order_of_its_own(patch):
    shuffled(patch, reshuffle_each_iteration=True)


@mutant
def Dataset_does_not_shuffle(patch):
    wrap(patch, dataset(), "shuffle", lambda original, self, *given, **named: self)


# The step itself


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


# Checkpoints


@mutant
def checkpoint_a_step_behind(patch):
    def save(original, self, session, step):
        return original(self, session, max(0, step - 1))

    wrap(patch, training("basic_session_run_hooks").CheckpointSaverHook, "_save", save)


@mutant
def checkpoint_holds_the_weights_of_the_step_before(patch):
    hook = training("basic_session_run_hooks").CheckpointSaverHook

    def weights(session):
        return [each for each in session.graph.get_collection("variables") if "global_step" not in each.name]

    def before_run(original, self, run_context):
        session = run_context.session
        self.weights_now = session.run(weights(session))
        return original(self, run_context)

    def after_run(original, self, run_context, run_values):
        # Not after the attempt that finds no data.
        self.weights_before = self.weights_now
        original(self, run_context, run_values)

    def save(original, self, session, step):
        variables = weights(session)
        now = session.run(variables)
        for variable, before in zip(variables, getattr(self, "weights_before", now), strict=True):
            variable.load(before, session)
        stops = original(self, session, step)
        for variable, value in zip(variables, now, strict=True):
            variable.load(value, session)
        return stops

    wrap(patch, hook, "before_run", before_run)
    wrap(patch, hook, "after_run", after_run)
    wrap(patch, hook, "_save", save)


@mutant
def no_checkpoint_at_the_end(patch):
    patch.setattr(training("basic_session_run_hooks").CheckpointSaverHook, "end", lambda self, session: None)


@mutant
def checkpoint_not_restored(patch):
    def prepare(original, self, *given, **named):
        return original(self, *given, **{**named, "checkpoint_dir": None, "checkpoint_filename_with_path": None})

    wrap(patch, training("session_manager").SessionManager, "prepare_session", prepare)


@mutant
def NaN_not_noticed(patch):
    patch.setattr(training("basic_session_run_hooks").NanTensorHook, "after_run", lambda self, context, values: None)


# evaluate, predict and train_and_evaluate


def evaluated(patch, changed):
    """Change the number of batches that evaluate stops after."""

    def initialize(original, self, num_evals, *given, **named):
        original(self, changed(num_evals), *given, **named)

    module = importlib.import_module("tensorflow.python.training.evaluation")
    wrap(patch, module._StopAfterNEvalsHook, "__init__", initialize)


@mutant
def evaluate_drops_a_batch(patch):
    evaluated(patch, lambda steps: steps and steps - 1)


@mutant
def evaluate_ignores_steps(patch):
    evaluated(patch, lambda steps: None)


@mutant
def predict_leaves_out_the_last_one(patch):
    def predict(original, self, *given, **named):
        earlier = None
        for prediction in original(self, *given, **named):
            if earlier is not None:
                yield earlier
            earlier = prediction

    wrap(patch, estimator("estimator").Estimator, "predict", predict)


@mutant
def train_and_evaluate_begins_the_data_again(patch):
    reached = estimator("estimator")._load_global_step_from_checkpoint_dir

    def run_local(original, self):
        result = original(self)
        while reached(self._estimator.model_dir) < (self._train_spec.max_steps or 0):
            result = original(self)
        return result

    wrap(patch, estimator("training")._TrainingExecutor, "run_local", run_local)


@mutant
def train_and_evaluate_ignores_max_steps(patch):
    def run_local(original, self):
        self._train_spec = self._train_spec._replace(max_steps=None)
        return original(self)

    wrap(patch, estimator("training")._TrainingExecutor, "run_local", run_local)


# Model.fit


def keras(name):
    """Return a class of the module that Model.fit of Keras 2 reads its data by."""
    from estimator_semantics.probe.adapter import tf

    return getattr(sys.modules[tf.keras(2).Model.__module__].data_adapter, name)


def begun_anew(patch, anew):
    """Change whether an epoch of Keras 2 begins at the start of a Dataset."""
    patch.setattr(keras("DatasetAdapter"), "should_recreate_iterator", lambda adapter: anew)


def enumerated(patch, begin):
    """Change how an epoch of Keras 3 begins: ``begin(epoch_iterator)`` says whether it has any steps."""
    module = importlib.import_module("keras.src.trainers.epoch_iterator")

    def enumerate_iterator(original, self):
        if begin(self):
            yield from original(self)

    wrap(patch, module.EpochIterator, "_enumerate_iterator", enumerate_iterator)


def fitted(patch, generation, change):
    """Change arguments of Model.fit: ``change(named)`` gets them by their names."""
    from estimator_semantics.probe.adapter import tf

    def fit(original, self, **named):
        change(named)
        return original(self, **named)

    wrap(patch, tf.keras(generation).Model, "fit", fit)


@mutant
def fit_begins_every_epoch_at_the_start_of_the_data(patch):
    begun_anew(patch, True)


@mutant
def fit_of_Keras_3_begins_every_epoch_at_the_start_of_the_data(patch):
    def begin(epoch_iterator):
        epoch_iterator._current_iterator = None
        return True

    enumerated(patch, begin)


@mutant
def fit_ends_with_the_data_instead_of_going_on(patch):
    begun_anew(patch, False)


@mutant
def fit_of_Keras_3_ends_with_the_data_instead_of_going_on(patch):
    begun = set()

    def begin(epoch_iterator):
        first = epoch_iterator not in begun
        begun.add(epoch_iterator)
        return first

    enumerated(patch, begin)


@mutant_of_fit
def trains_an_epoch_less(patch, generation):
    def change(named):
        named["epochs"] -= 1

    fitted(patch, generation, change)


@mutant_of_fit
def ignores_steps_per_epoch(patch, generation):
    fitted(patch, generation, lambda named: named.pop("steps_per_epoch", None))


@mutant_of_fit
def adds_initial_epoch_to_epochs(patch, generation):
    def change(named):
        named["epochs"] += named["initial_epoch"]

    fitted(patch, generation, change)


@mutant_of_fit
def does_not_call_back_after_the_first_step(patch, generation):
    from estimator_semantics.probe.adapter import tf

    def called(original, self, batch, logs=None):
        if batch:
            original(self, batch, logs)

    wrap(patch, tf.keras(generation).callbacks.CallbackList, "on_train_batch_end", called)
