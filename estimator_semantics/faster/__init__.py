"""The same training in less time, for code that uses tf.estimator on a CPU.

Two pieces, of use together or alone. They need TensorFlow (1.3 or later) and NumPy, run on Python 3.6 and later, and
import nothing else of this project, so that this folder may be copied next to the code that uses it::

    from estimator_semantics.faster import numpy_input_fn, steps_per_run

    input_fn = numpy_input_fn({"x": x}, y, batch_size=4, num_epochs=1, shuffle=True)
    estimator = steps_per_run(tf.estimator.LinearRegressor(columns), 100)
    estimator.train(input_fn, steps=200000)

``numpy_input_fn`` stands in for ``tf.estimator.inputs.numpy_input_fn``: the same batches, without threads that feed a
queue. ``steps_per_run`` returns an Estimator that trains many steps in one ``session.run``, and stops at exactly the
same step.
"""

from .batches import numpy_input_fn
from .runs import steps_per_run

__all__ = ["numpy_input_fn", "steps_per_run"]
