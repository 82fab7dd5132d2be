"""How long will this training run?

An executable specification of steps and epochs in TensorFlow: a law that predicts how many steps any plan runs,
experiments that ask a real TensorFlow, records of what it answered, and a report.

The package has two sides with a process between them:

* ``probe`` (with ``law`` and ``bridge``) runs in the environment of the TensorFlow under test, on Python 3.6 to 3.13,
  and needs nothing installed beside TensorFlow.
* ``host`` runs in the user's Python and never imports TensorFlow.
"""

__version__ = "0.2.0"
