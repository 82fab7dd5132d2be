"""Stand-in for ``tensorflow.python.distribute.estimator_training``, which TensorFlow 2.16 removed.

It sits between the estimators and TensorFlow's distribute coordinator, which is still there: it decides whether a RunConfig
wants the coordinator, and hands it what each worker has to do.

Source:
    https://github.com/tensorflow/tensorflow/blob/v2.15.1/tensorflow/python/distribute/estimator_training.py
"""

import copy
import importlib
import sys
from typing import Any, Callable, Tuple

from tensorflow.python.distribute import distribute_coordinator, distribute_coordinator_context, multi_worker_util
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import server_lib

NAME = "tensorflow.python.distribute.estimator_training"

CHIEF = "chief"
EVALUATOR = "evaluator"
PS = "ps"
WORKER = "worker"

_Mode = distribute_coordinator.CoordinatorMode


def stand_in() -> None:
    """Put this module where TensorFlow's was, if it is not there any more."""
    try:
        importlib.import_module(NAME)
    except ModuleNotFoundError as error:
        if error.name != NAME:
            raise
        sys.modules[NAME] = sys.modules[__name__]
        parent, _, name = NAME.rpartition(".")
        setattr(importlib.import_module(parent), name, sys.modules[__name__])


def init_run_config(config: Any, tf_config: Any) -> None:
    """Completes a new RunConfig: which strategies it uses, and whether the coordinator runs it.

    Args:
        config: the ``RunConfig``; changed in place.
        tf_config: the parsed environment variable ``TF_CONFIG``.

    Raises:
        ValueError: the same thing was given twice in different places.
    """
    distribute = config._experimental_distribute
    for side in ("train_distribute", "eval_distribute"):
        given = getattr(distribute, side) if distribute else None
        if given and getattr(config, "_" + side):
            raise ValueError("Either `{0}` or `experimental_distribute.{0}` can be set, not both.".format(side))
        if given:
            setattr(config, "_" + side, given)

    cluster = server_lib.ClusterSpec(tf_config.get("cluster", {}))
    config._init_distributed_setting_from_environment_var({})

    remote = distribute.remote_cluster if distribute else None
    if config._train_distribute and remote:
        if cluster:
            raise ValueError('Cannot set both "cluster_spec" of TF_CONFIG and `experimental_distribute.remote_cluster`')
        config._distribute_coordinator_mode = _Mode.STANDALONE_CLIENT
        config._cluster_spec = remote
        logging.info("RunConfig initialized for Distribute Coordinator with STANDALONE_CLIENT mode")
    elif not cluster or "master" in cluster.jobs or not config._train_distribute:
        config._distribute_coordinator_mode = None
        config._init_distributed_setting_from_environment_var(tf_config)
        config._maybe_overwrite_session_config_for_distributed_training()
        logging.info("Not using Distribute Coordinator.")
    else:
        # The rest of the distributed setting comes from the coordinator, worker by worker.
        config._cluster_spec = cluster
        config._distribute_coordinator_mode = _Mode.INDEPENDENT_WORKER
        logging.info("RunConfig initialized for Distribute Coordinator with INDEPENDENT_WORKER mode")


def should_run_distribute_coordinator(config: Any) -> bool:
    """Return whether a RunConfig wants the coordinator, and has a cluster for it.

    Args:
        config: the ``RunConfig``.
    """
    mode = getattr(config, "_distribute_coordinator_mode", None)
    if mode is None:
        logging.info("Not using Distribute Coordinator.")
        return False
    if mode not in (_Mode.STANDALONE_CLIENT, _Mode.INDEPENDENT_WORKER):
        logging.warning("Unexpected distribute_coordinator_mode: %r", mode)
        return False
    if not config.cluster_spec:
        logging.warning("Running `train_and_evaluate` locally, ignoring `experimental_distribute_coordinator_mode`.")
        return False
    return True


def train_and_evaluate(estimator: Any, train_spec: Any, eval_spec: Any, executor_cls: Any) -> None:
    """Run ``tf.estimator.train_and_evaluate`` through the coordinator.

    Args:
        estimator: the ``Estimator``; each worker trains a copy of it.
        train_spec: the ``TrainSpec``.
        eval_spec: the ``EvalSpec``.
        executor_cls: class whose ``_start_continuous_evaluation`` the evaluator runs.

    Raises:
        ValueError: the estimator's RunConfig does not want the coordinator.
    """
    config = estimator.config
    mode = config._distribute_coordinator_mode
    if not mode:
        raise ValueError("Distribute coordinator mode is not specified in `RunConfig`.")

    def train(strategy: Any) -> None:
        worker, is_chief = _copy_for_worker(estimator, strategy, "train")
        # In one client, hooks run for the chief alone: a hook's tensors belong to the graph it was made for.
        with_hooks = mode == _Mode.INDEPENDENT_WORKER or is_chief
        worker._config._distribute_coordinator_mode = None  # or `train` would come back here
        worker.train(
            input_fn=train_spec.input_fn,
            max_steps=train_spec.max_steps,
            hooks=list(train_spec.hooks) if with_hooks else [],
        )

    def evaluate(strategy: Any) -> None:
        worker, _ = _copy_for_worker(estimator, strategy, "eval")
        worker._config._distribute_coordinator_mode = None  # or `evaluate` would come back here
        executor_cls(worker, train_spec, eval_spec)._start_continuous_evaluation()

    distribute_coordinator.run_distribute_coordinator(
        train,
        config.train_distribute,
        evaluate,
        config.eval_distribute,
        mode=mode,
        # An independent worker reads its cluster from TF_CONFIG.
        cluster_spec=config.cluster_spec if mode == _Mode.STANDALONE_CLIENT else None,
        session_config=config.session_config,
    )


def estimator_train(estimator: Any, train_distributed_fn: Callable[..., Any], hooks: Any) -> Any:
    """Run ``Estimator.train`` through the coordinator, from one client.

    Args:
        estimator: the ``Estimator``; each worker trains a copy of it.
        train_distributed_fn: called with the copy, its strategy and its hooks.
        hooks: the hooks, for the chief.

    Raises:
        ValueError: the cluster or the strategy can only be used through ``train_and_evaluate``.
    """

    def train(worker: Any, strategy: Any, worker_hooks: Any) -> Any:
        train_distributed_fn(worker, strategy, worker_hooks)
        return worker

    return _run_from_client(estimator, train, hooks, "train", "estimator.train", "Estimator.train")


def estimator_evaluate(estimator: Any, evaluate_distributed_fn: Callable[..., Any], hooks: Any) -> Any:
    """Run ``Estimator.evaluate`` through the coordinator, from one client.

    Args:
        estimator: the ``Estimator``; each worker evaluates a copy of it.
        evaluate_distributed_fn: called with the copy, its strategy and its hooks.
        hooks: the hooks, for the chief.

    Raises:
        ValueError: the cluster or the strategy can only be used through ``train_and_evaluate``.
    """
    return _run_from_client(
        estimator, evaluate_distributed_fn, hooks, "eval", "Estimator.evaluate", "Estimator.evaluate"
    )


def _run_from_client(estimator: Any, work: Callable[..., Any], hooks: Any, side: str, caller: str, api: str) -> Any:
    config = estimator._config
    strategy = getattr(config, "_{}_distribute".format(side))
    assert config._distribute_coordinator_mode and config.cluster_spec and strategy
    cluster = multi_worker_util.normalize_cluster_spec(config.cluster_spec)
    if EVALUATOR in cluster.jobs:
        raise ValueError("'evaluator' job is not supported if you don't use `train_and_evaluate`")
    if config._distribute_coordinator_mode != _Mode.STANDALONE_CLIENT:
        raise ValueError("Only `STANDALONE_CLIENT` mode is supported when you call `{}`".format(caller))
    if strategy.extended.experimental_between_graph:
        raise ValueError(
            "`{}` API is not supported for {} with `STANDALONE_CLIENT` mode.".format(api, type(strategy).__name__)
        )

    def run(strategy: Any) -> Any:
        worker, is_chief = _copy_for_worker(estimator, strategy, side)
        return work(worker, strategy, hooks if is_chief else [])

    return distribute_coordinator.run_distribute_coordinator(
        run,
        strategy,
        mode=config._distribute_coordinator_mode,
        cluster_spec=cluster,
        session_config=config.session_config,
    )


def _copy_for_worker(estimator: Any, strategy: Any, side: str) -> Tuple[Any, bool]:
    """Return a copy of the estimator that knows which worker it is for, and whether that is the chief."""
    context = distribute_coordinator_context.get_current_worker_context()
    worker = copy.deepcopy(estimator)
    setattr(worker._config, "_{}_distribute".format(side), strategy)
    _place(worker._config, context)
    logging.info("Updated config: %s", str(vars(worker._config)))
    setattr(worker, "_{}_distribution".format(side), strategy)
    return worker, context.is_chief


def _place(config: Any, context: Any) -> None:
    """Tell a RunConfig its place in the cluster."""
    config._service = None
    config._cluster_spec = context.cluster_spec
    config._task_type = context.task_type
    config._task_id = context.task_id
    config._evaluation_master = context.master_target
    config._master = context.master_target
    config._is_chief = context.is_chief
    if not config._cluster_spec:
        config._global_id_in_cluster, config._num_ps_replicas, config._num_worker_replicas = 0, 0, 1
    elif config._task_type == EVALUATOR:
        # The evaluator does not know of the others.
        config._cluster_spec = server_lib.ClusterSpec({})
        config._global_id_in_cluster, config._num_ps_replicas, config._num_worker_replicas = None, 0, 0
    else:
        tasks = config._cluster_spec.as_dict()
        config._num_ps_replicas = len(tasks.get(PS, []))
        config._num_worker_replicas = len(tasks.get(WORKER, [])) + len(tasks.get(CHIEF, []))
        config._global_id_in_cluster = _global_id(config._cluster_spec, config._task_type, config._task_id)


def _global_id(cluster: Any, task_type: Any, task_id: int) -> int:
    """Return the number of a task among all: chief first, then the others by name, parameter servers last."""
    if not task_type:
        return 0
    jobs = sorted(cluster.jobs, key=lambda job: (job == PS, job != CHIEF, job))
    if task_type not in jobs:
        raise RuntimeError("`task_type` ({}) is not in cluster_spec ({}).".format(task_type, cluster))
    before = jobs[: jobs.index(task_type)]
    return sum(len(cluster.job_tasks(job)) for job in before) + task_id
