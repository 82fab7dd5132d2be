"""Mutants of the data of a Dataset."""

from mutants.entry import mutant, wrap


def dataset():
    """Return the class whose methods every dataset has."""
    from tensorflow.python.data.ops import dataset_ops

    return dataset_ops.DatasetV2


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
