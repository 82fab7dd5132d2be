"""The law of fit, against Keras told again with real iterators, batch by batch, for every small plan.

Needs no TensorFlow. Runs on macOS and Windows too.
"""

import itertools
import sys

import pytest

from estimator_semantics.law import ENDLESS, InvalidPlan, Plan, check, explain, fit, predict

PLAN = Plan(examples=12, batch_size=4, shuffle=False, api="fit", input="batch, then repeat", epochs=3)
KINDS = ("arrays", "dataset", "unknown", "generator")
SIZES = range(1, 5)
EPOCHS = range(1, 7)
STEPS = (None, 1, 2, 3, 4, 5)


class Source:
    """Data of so many batches: gives an iterator over them whenever it is asked, a generator the same one again."""

    def __init__(self, size, kind, ahead=0, again=True):
        self.known = kind in ("arrays", "dataset")
        self._size = size
        self._generator = iter(range(size)) if kind == "generator" else None
        self._ahead = [] if self._generator is None else list(itertools.islice(self._generator, ahead))
        self._chain = itertools.chain(self._ahead, self._generator or ())
        self._again = again

    def __iter__(self):
        if self._generator is None:
            return iter(range(self._size))
        return itertools.chain(self._ahead, self._generator) if self._again else self._chain

    def __len__(self):
        return self._size


def keras_2(size, kind, steps_per_epoch, epochs):
    """Keras 2 since TensorFlow 2.2, in the words of its DataHandler."""
    given = size * epochs if kind == "arrays" and steps_per_epoch else size
    source = Source(given, kind)
    recreate = kind == "arrays" or (kind != "generator" and steps_per_epoch is None)
    recreate = recreate or (kind == "dataset" and steps_per_epoch == size)
    if kind == "arrays" and steps_per_epoch:
        recreate = False
    inferred = steps_per_epoch or (len(source) if source.known else None)
    iterator, found, insufficient = iter(source), [], False
    for epoch in range(epochs):
        if insufficient:
            break
        if recreate and epoch:
            iterator = iter(source)
        found.append(0)
        while inferred is None or found[-1] < inferred:
            if next(iterator, None) is None:
                if inferred is None:
                    inferred = found[-1]
                else:
                    insufficient = True
                break
            found[-1] += 1
    return found


def keras_3(size, kind, steps_per_epoch, epochs, execution, counts):
    """Keras 3, in the words of its EpochIterator: up to 3.6, or since 3.7 (counts)."""
    source = Source(size, kind, ahead=2 if counts else 1, again=counts)
    batches = len(source) if source.known and counts else None
    iterator, seen, found = None, 0, []

    def execute():
        for _ in range(execution):
            if next(iterator, None) is None:
                # A last execution that is not full is one since 3.7, and an error before that.
                return found[-1] > ran and counts
            found[-1] += 1
        return True

    for _ in range(epochs):
        found.append(0)
        if steps_per_epoch is None or iterator is None:
            iterator, seen = iter(source), 0
        limit = steps_per_epoch if steps_per_epoch is not None else sys.maxsize
        ended = False
        for _ in range(0, limit, execution):
            if batches is not None and seen >= batches:
                break
            seen += execution
            ran = found[-1]
            if not execute():
                ended = True
                break
        if ended or (batches is not None and seen >= batches):
            iterator = None
    return found


def plan_of(size, kind, steps_per_epoch, epochs, execution=1):
    source = {"arrays": "arrays", "generator": "generator"}.get(kind, "batch, then repeat")
    return PLAN._replace(
        examples=4 * size,
        input=source,
        known_size=kind != "unknown",
        steps_per_epoch=steps_per_epoch,
        epochs=epochs,
        steps_per_execution=execution,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_keras_2_batch_by_batch(kind):
    for size, steps, epochs in itertools.product(SIZES, STEPS, EPOCHS):
        plan = plan_of(size, kind, steps, epochs)
        assert list(fit.epochs(plan, "2.15.1").steps) == keras_2(size, kind, steps, epochs), plan


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("keras", "counts"), [("3.0.5", False), ("3.6.0", False), ("3.7.0", True), (None, True)])
def test_keras_3_batch_by_batch(kind, keras, counts):
    for size, steps, epochs, execution in itertools.product(SIZES, STEPS, EPOCHS, (1, 2, 3)):
        plan = plan_of(size, kind, steps, epochs, execution)._replace(keras=3)
        expected = keras_3(size, kind, steps, epochs, execution, counts)
        assert list(fit.epochs(plan, None, keras).steps) == expected, plan


def test_the_steps_are_those_of_the_epochs_and_the_examples_those_of_the_usage():
    for size, kind, steps, epochs in itertools.product(SIZES, KINDS, STEPS, EPOCHS):
        plan = plan_of(size, kind, steps, epochs)._replace(examples=4 * size - 2)
        for keras in ("2.15.0", "3.6.0", "3.10.0"):
            found = predict(plan, None, keras)
            assert found.steps == sum(found.steps_by_epoch)
            assert found.examples == sum(times * count for times, count in found.usage.items())
            assert sum(found.usage.values()) == plan.examples


@pytest.mark.parametrize(
    ("plan", "tensorflow", "keras", "steps"),
    [
        # Measured: one epoch before TensorFlow 2.2, every second one empty up to Keras 3.6.
        (PLAN._replace(steps_per_epoch=3), "2.1.4", None, (3, 0)),
        (PLAN._replace(steps_per_epoch=3), "2.2.3", None, (3, 3, 3)),
        (PLAN._replace(steps_per_epoch=3), "2.16.2", "3.6.0", (3, 0, 3)),
        (PLAN._replace(steps_per_epoch=3), "2.16.2", "3.7.0", (3, 3, 3)),
        (PLAN._replace(steps_per_epoch=2), "2.15.1", None, (2, 1)),
        (PLAN._replace(steps_per_epoch=2), "2.16.2", None, (2, 1, 2)),
        (PLAN._replace(input="generator"), "2.15.1", None, (3, 0)),
        (PLAN._replace(input="generator"), None, "3.6.0", (3, 0, 0)),
        (PLAN._replace(input="generator"), None, "3.7.0", (3, 2, 2)),
        (PLAN._replace(initial_epoch=2), None, None, (3,)),
        (PLAN._replace(initial_epoch=3), None, None, ()),
    ],
)
def test_what_was_measured(plan, tensorflow, keras, steps):
    assert predict(plan, tensorflow, keras).steps_by_epoch == steps


def test_in_tensorflow_1_each_step_of_arrays_takes_all_of_them():
    found = predict(PLAN._replace(input="arrays", steps_per_epoch=2), "1.15.5")
    assert (found.steps, found.examples, found.last_batch) == (6, 72, 12)


def test_endless_data():
    endless = PLAN._replace(num_epochs=None)
    assert predict(endless) == ENDLESS
    refused = predict(endless, "2.15.1")
    assert (refused.steps, refused.steps_by_epoch, refused.bound) == (0, (), None)
    assert "refuses" in explain(endless, refused, "2.15.1")
    assert "never ends" in explain(endless, ENDLESS)
    assert predict(endless._replace(steps_per_epoch=7)).steps == 21


NOTHING = PLAN._replace(examples=0)
NO_FULL_BATCH = PLAN._replace(examples=3, drop_remainder=True)


@pytest.mark.parametrize("tensorflow", ["1.15.5", "2.1.4", "2.9.3", "2.15.1", "2.21.0", None])
@pytest.mark.parametrize(
    "plan",
    [
        NOTHING,
        NOTHING._replace(input="arrays"),
        NOTHING._replace(input="generator"),
        NOTHING._replace(known_size=False),
        NOTHING._replace(steps_per_epoch=2),
        PLAN._replace(num_epochs=0),
        NO_FULL_BATCH,
        NO_FULL_BATCH._replace(num_epochs=None),
    ],
)
def test_keras_2_refuses_data_without_a_batch(plan, tensorflow):
    found = predict(plan._replace(keras=2), tensorflow)
    assert (found.steps, found.global_step, found.examples, found.steps_by_epoch) == (0, 0, 0, ())
    assert (found.raises and found.bound is None and found.usage == {0: plan.examples}) or plan.examples == 0
    assert explain(plan._replace(keras=2), found, tensorflow).startswith("Keras 2 refuses to train: ")


@pytest.mark.parametrize("plan", [NOTHING, NOTHING._replace(input="arrays"), NO_FULL_BATCH._replace(steps_per_epoch=2)])
def test_keras_3_trains_nothing_on_it_and_returns(plan):
    for keras in ("3.0.5", "3.2.1", "3.5.0", "3.15.1", None):
        found = predict(plan._replace(keras=3), None, keras)
        assert found.raises is None and found.steps_by_epoch == (0, 0, 0)
    for keras in ("3.3.3", "3.4.1"):
        found = predict(plan._replace(keras=3), None, keras)
        assert (found.raises, found.steps_by_epoch) == (fit.NO_BATCH, ())


def test_tensorflow_2_0_never_ends_on_arrays_without_an_example():
    plan = NOTHING._replace(input="arrays")
    assert predict(plan, "2.0.4") == ENDLESS
    assert "never ends: TensorFlow 2.0 never finishes reading" in explain(plan, ENDLESS, "2.0.4")
    assert predict(plan._replace(epochs=0), "2.0.4").steps == 0
    assert predict(plan._replace(steps_per_epoch=2), "2.0.4").raises


@pytest.mark.parametrize("keras", ["2.15.0", "3.0.5", "3.10.0", None])
def test_an_empty_generator_is_refused_everywhere(keras):
    for epochs in (0, 2):
        assert predict(NOTHING._replace(input="generator", epochs=epochs), None, keras).raises


@pytest.mark.parametrize(
    ("changes", "tensorflow", "keras", "steps", "words"),
    [
        # The size is asked for, and known of an epoch.
        ({"known_size": False}, "2.15.1", None, 0, "steps_per_execution=3 needs steps_per_epoch"),
        ({"input": "generator"}, "2.4.4", None, 0, "steps_per_execution=3 needs steps_per_epoch"),
        ({"known_size": False, "epochs": 0}, "2.15.1", None, 0, "needs steps_per_epoch"),
        ({"known_size": False, "steps_per_epoch": 3}, "2.15.1", None, 3 * 1, None),
        ({"known_size": False}, None, "3.10.0", 9, None),
        # The first execution, of as many steps as there are in an epoch at most.
        ({"examples": 8, "steps_per_epoch": 3}, "2.15.1", None, 2, "takes 3 batches, and the data has 2"),
        ({"examples": 8, "steps_per_epoch": 3}, None, "2.12.0", 2, "Keras 2 raises an error after 2 steps"),
        ({"examples": 8, "steps_per_epoch": 2}, "2.15.1", None, 6, None),
        ({"examples": 8}, "2.15.1", None, 6, None),
        ({"examples": 4, "input": "arrays", "steps_per_epoch": 7, "epochs": 2}, "2.9.3", None, 2, "takes 3 batches"),
        ({"examples": 8, "steps_per_epoch": 3}, None, "3.10.0", 6, None),
        ({"examples": 8, "steps_per_epoch": 3}, None, "3.4.1", 2, "takes 3 batches, and the data has 2"),
        ({"examples": 8}, None, "3.3.3", 2, "Keras 3 raises an error after 2 steps"),
        ({"examples": 8}, None, "3.5.0", 6, None),
        # What else is refused.
        ({"epochs": 0}, "2.17.1", "2.17.0", 0, "epochs=0 is not positive"),
        ({"epochs": 0}, "2.16.2", "2.16.0", 0, None),
        ({"input": "generator", "steps_per_execution": 1}, "1.15.5", None, 0, "a generator has no size"),
        ({"examples": 0, "epochs": 0}, "2.13.1", None, 0, None),
        ({"examples": 0, "epochs": 0}, "2.14.1", None, 0, "no batch"),
    ],
)
def test_where_fit_raises(changes, tensorflow, keras, steps, words):
    plan = PLAN._replace(**{"steps_per_execution": 3, **changes})
    found = predict(plan, tensorflow, keras)
    assert found.steps == found.global_step == steps
    said = explain(plan, found, tensorflow, keras)
    if words is None:
        assert found.raises is None and ("Training runs" in said)
    else:
        assert found.steps_by_epoch == () and words in said
        assert said.startswith("Keras") and ("after" in said) == (steps > 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"input": "numpy_input_fn"}, "input"),
        ({"steps": 3}, "steps"),
        ({"max_steps": 3}, "max_steps"),
        ({"keras": 4}, "keras"),
        ({"steps_per_epoch": 0}, "steps_per_epoch"),
        ({"steps_per_execution": 0}, "steps_per_execution"),
        ({"epochs": -1}, "epochs"),
        ({"input": "arrays", "num_epochs": 2}, "num_epochs"),
        ({"input": "generator", "known_size": False}, "known_size"),
        ({"input": "generator", "drop_remainder": True}, "drop_remainder"),
        ({"api": "train", "input": "numpy_input_fn"}, "epochs"),
        ({"api": "train", "input": "arrays", "epochs": 1}, "input"),
    ],
)
def test_what_no_fit_accepts(changes, field):
    with pytest.raises(InvalidPlan) as caught:
        check(PLAN._replace(**changes))
    assert caught.value.field == field


@pytest.mark.parametrize("keras", ["1.2.0", "4.0", "newest"])
def test_a_keras_that_the_law_does_not_know(keras):
    with pytest.raises(InvalidPlan, match="keras"):
        predict(PLAN, None, keras)


@pytest.mark.parametrize(
    ("plan", "keras", "words"),
    [
        (PLAN, None, "9 steps: 3 steps in each of 3 epochs. An epoch ends when the data does"),
        (PLAN._replace(steps_per_epoch=3), "3.6.0", "6 steps: 3, 0, 3 in 3 epochs"),
        (PLAN._replace(steps_per_epoch=3), "3.6.0", "1 epoch trains nothing"),
        (PLAN._replace(steps_per_epoch=2), "2.15.0", "Keras 2 stops training when the data runs out"),
        (PLAN._replace(epochs=0), None, "initial_epoch=0 is not below epochs=0"),
    ],
)
def test_it_is_said_in_words(plan, keras, words):
    assert words in explain(plan, predict(plan, None, keras), None, keras)
