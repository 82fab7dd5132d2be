"""Why did my training stop? One hook, or one Keras callback, says it in a line.

It needs TensorFlow (1.3 or later) and nothing else, runs on Python 3.6 and later, and imports nothing else of this project,
so that this folder may be copied next to the code that uses it::

    from estimator_semantics.stop_reason.hook import StopReasonHook

    estimator.train(input_fn, steps=200000, hooks=[StopReasonHook(examples=700000)])

    from estimator_semantics.stop_reason.callback import stop_reason_callback

    model.fit(dataset, epochs=3, callbacks=[stop_reason_callback()])
"""
