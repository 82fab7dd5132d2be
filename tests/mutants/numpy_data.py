"""Mutants of the data of numpy_input_fn."""

import numpy as np

from mutants.entry import estimator, mutant, wrap


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
