"""A loop: the step of a training once more, inside a loop in its graph."""

from typing import Any, Dict, List, Set

import tensorflow

_v1 = getattr(tensorflow.compat, "v1", tensorflow)

# A loop of TensorFlow 1 in the model goes in a circle, and cannot be copied operation by operation.
CIRCULAR = ("Enter", "RefEnter", "NextIteration", "RefNextIteration", "Exit", "RefExit", "LoopCond")


class NotCopied(Exception):
    """A step that cannot be run in a loop."""


class Loop:
    """Runs a step many times in one ``session.run``.

    What the step consists of is copied into the body of a loop. Variables, iterators, queues and tables are not copied:
    the copies use the same ones, so that the loop and the step itself go on where the other one stopped. The operations
    of the model stay as they are.

    The operations are copied one at a time, and not with import_graph_def, because only so do reference variables
    (before TensorFlow 2) work in a loop, and only so does it work on every release.

    Args:
        session: the session that the step runs in, which may have run already.
        step: the operations and tensors that ``session.run`` is called with for one step.
        synchronous: whether the loop may wait for data in the thread that runs it. That spares each step a change of
            threads, but needs a second thread for the data, should they need one.

    Raises:
        NotCopied: the step needs values that are fed to it, or has a loop of its own.
    """

    def __init__(self, session: Any, step: List[Any], synchronous: bool) -> None:
        graph = session.graph
        elements = [graph.as_graph_element(element) for element in step]
        self._goals = [getattr(element, "op", element) for element in elements]
        self._order = _order(self._goals)
        self._copied = _changing(self._order)
        for operation in self._copied:
            if operation.type in CIRCULAR:
                raise NotCopied("its model has a loop of its own, {}".format(operation.name))
        for operation in self._order:
            if operation.type == "Placeholder":
                raise NotCopied("its model needs to be fed, {}".format(operation.name))
        self._synchronous = synchronous and hasattr(_dataset_operations(), "iterator_get_next_sync")
        with _alone_with_graph(session), _Unfinished(graph), _loops_of_tensorflow_1(), _v1.name_scope("steps_per_run"):
            self._steps = _v1.placeholder(_v1.int32, [], "steps")
            # The variables of one step must be written before the next one reads them; so each step waits for the
            # one before, through the number of the step.
            self._done = _v1.while_loop(
                lambda number: number < self._steps, self._body, [_v1.constant(0)], parallel_iterations=1
            )

    def run(self, session: Any, steps: int) -> None:
        """Run so many steps.

        Args:
            session: a plain session.
            steps: how many.

        Raises:
            tensorflow.errors.OutOfRangeError: the data ended. The steps before have been run.
        """
        session.run(self._done, {self._steps: steps})

    def _body(self, number: Any) -> Any:
        graph = _v1.get_default_graph()
        copies: Dict[Any, Any] = {}
        for operation in self._order:
            if operation in self._copied:
                copies[operation] = self._copy(graph, operation, copies, number.op)
        with graph.control_dependencies([copies[goal] for goal in self._goals if goal in copies]):
            return _v1.identity(number + 1)

    def _copy(self, graph: Any, operation: Any, copies: Dict[Any, Any], begin: Any) -> Any:
        inputs = [copies[each.op].outputs[each.value_index] if each.op in copies else each for each in operation.inputs]
        before = [copies[each] for each in operation.control_inputs if each in copies]
        if not before and not any(each.op in copies for each in operation.inputs):
            before = [begin]
        kind = operation.type
        if kind == "IteratorGetNext" and self._synchronous:
            kind = "IteratorGetNextSync"
        # Where an operation was to be is said by its device; the names it was to be placed with are of the originals.
        attributes = {name: value for name, value in operation.node_def.attr.items() if name != "_class"}
        with graph.control_dependencies(before), graph.device(operation.device):
            return graph.create_op(
                kind,
                inputs,
                [output.dtype for output in operation.outputs],
                input_types=list(operation._input_types),
                name=operation.name,
                attrs=attributes,
            )


def _order(goals: List[Any]) -> List[Any]:
    """Return the operations that some need, and these themselves, each after all that it needs; circles cut open."""
    seen: Set[Any] = set()
    order: List[Any] = []
    waiting = [(goal, False) for goal in goals]
    while waiting:
        operation, entered = waiting.pop()
        if entered:
            order.append(operation)
        elif operation not in seen:
            seen.add(operation)
            waiting.append((operation, True))
            needed = [each.op for each in operation.inputs] + list(operation.control_inputs)
            waiting += [(each, False) for each in needed]
    return order


def _changing(order: List[Any]) -> Set[Any]:
    """Return the operations whose outcome may be another one in each step."""
    changing: Set[Any] = set()
    for operation in order:
        if _is_kept(operation):
            continue
        if (
            operation.op_def is None
            or operation.op_def.is_stateful
            or operation._get_control_flow_context() is not None
            or any(each.dtype._is_ref_dtype for each in operation.inputs)
            or any(each.op in changing for each in operation.inputs)
            or any(each in changing for each in operation.control_inputs)
        ):
            changing.add(operation)
    return changing


def _is_kept(operation: Any) -> bool:
    """Return whether an operation stands for something that lasts from step to step: a variable, an iterator, a queue."""
    lasting = any(each.dtype._is_ref_dtype or each.dtype.base_dtype == _v1.resource for each in operation.outputs)
    return lasting and not operation.inputs


def _dataset_operations() -> Any:
    from tensorflow.python.ops import gen_dataset_ops

    return gen_dataset_ops


def _alone_with_graph(session: Any) -> Any:
    """Return a lock under which no other thread, such as one that feeds a queue, hands half of a loop to the session.

    A session takes over what is new in its graph whenever it runs something, and what is changed afterwards not at all: a
    loop is closed by a change.

    Source:
        https://github.com/tensorflow/tensorflow/blob/v1.6.0/tensorflow/python/client/session.py#L1423
        https://github.com/tensorflow/tensorflow/blob/v1.10.0/tensorflow/python/client/session.py#L1293
    """
    graph = session.graph
    if hasattr(graph, "_mutation_lock"):  # since 1.10; other operations may be made under it, by this thread too
        return graph._mutation_lock()
    return graph._lock if getattr(session, "_created_with_new_api", False) else session._extend_lock


class _Unfinished:
    """Let operations be added to a graph although its session has begun."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._finished = graph.finalized

    def __enter__(self) -> None:
        if self._finished:
            self._graph._unsafe_unfinalize()

    def __exit__(self, *_: Any) -> None:
        if self._finished:
            self._graph.finalize()


class _loops_of_tensorflow_1:
    """Has ``while_loop`` make a loop in the graph itself on TensorFlow 2 too: reference variables may be used in it."""

    def __enter__(self) -> None:
        self._otherwise = getattr(_v1, "control_flow_v2_enabled", bool)()
        if self._otherwise:
            _v1.disable_control_flow_v2()

    def __exit__(self, *_: Any) -> None:
        if self._otherwise:
            _v1.enable_control_flow_v2()
