"""A batch: where in a graph it comes from, and how many examples are in it."""

from typing import Any, Optional

# What gives whole batches: the queue of numpy_input_fn and of tf.train.batch, and tf.data.
GIVES_BATCHES = (
    "QueueDequeueMany",
    "QueueDequeueManyV2",
    "QueueDequeueUpTo",
    "QueueDequeueUpToV2",
    "IteratorGetNext",
    "IteratorGetNextSync",
)


def given_batch(graph: Any) -> Optional[Any]:
    """Return a tensor with one row for each example of a step's batch; None where it is not certain that there is one.

    Args:
        graph: the graph of a training, complete.
    """
    giving = [operation for operation in graph.get_operations() if operation.type in GIVES_BATCHES]
    # With several it cannot be told which one is the data; with several workers or devices each has one of its own.
    if len(giving) != 1 or giving[0]._get_control_flow_context() is not None:
        return None
    # Sparse features come as variants.
    dense = [tensor for tensor in giving[0].outputs if tensor.dtype.name not in ("variant", "resource")]
    if any(tensor.shape.ndims == 0 for tensor in dense):
        return None  # it gives single examples
    return next((tensor for tensor in dense if tensor.shape.ndims), None)
