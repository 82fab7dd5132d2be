"""The stopwatch of the benchmarks: a hook that times a step loop whole, as `estimator_semantics.probe.stopwatch` does not."""

import time


def stopwatch(tf):
    """Return a hook that times the step loop, from the session being ready until its end."""

    class Stopwatch(tf.SessionRunHook):
        def after_create_session(self, session, coord):
            self._begun = time.perf_counter()

        def end(self, session):
            self.seconds = time.perf_counter() - self._begun

    return Stopwatch()
