"""Train once and print the peak of its memory: ``python memory_of.py EXAMPLES STEPS bare|watched|faster``.

A process of its own, because a peak cannot be taken back. Prints one line of JSON, in bytes: ``peak``, ``data`` (the
two arrays), ``before`` (the peak before the training: TensorFlow and the data) and ``steps``.
"""

import json
import os
import resource
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def peak():
    """Return the peak of this process's resident memory, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    examples, steps, kind = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    from estimator_semantics import faster
    from estimator_semantics.law import Plan
    from estimator_semantics.probe import synthetic
    from estimator_semantics.probe.adapter import tf
    from estimator_semantics.probe.watch import Watch

    tf.v1.logging.set_verbosity(tf.v1.logging.ERROR)
    plan = Plan(examples=examples, batch_size=4, num_epochs=1, steps=steps, shuffle=True)
    x, y = synthetic.line(examples)
    before = peak()
    with tempfile.TemporaryDirectory() as model_dir:
        numpy_input_fn = faster.numpy_input_fn if kind == "faster" else tf.numpy_input_fn
        input_fn = numpy_input_fn({"x": x}, y, plan.batch_size, plan.num_epochs, plan.shuffle)
        estimator = tf.estimator.LinearRegressor([tf.feature_column.numeric_column("x")], model_dir)
        if kind == "watched":
            watch = Watch(plan, model_dir)
            estimator.train(watch.counted(input_fn), hooks=[watch], steps=steps)
            done = watch.observe()["measured"]["steps"]
        else:
            if kind == "faster":
                estimator = faster.steps_per_run(estimator, 100)
            estimator.train(input_fn, steps=steps)
            done = int(tf.checkpointed(model_dir, "global_step"))
    print(json.dumps({"peak": peak(), "data": x.nbytes + y.nbytes, "before": before, "steps": done}))


if __name__ == "__main__":
    main()
