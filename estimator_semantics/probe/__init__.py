"""The probe side: what runs in the environment of the TensorFlow under test.

Syntax and standard library of Python 3.6; nothing needed beside TensorFlow and NumPy. Importing this package imports
neither of them, so that experiments can be read (claim, plan) where there is no TensorFlow.
"""

from estimator_semantics.law import Plan
from estimator_semantics.probe.experiment import Change

__all__ = ["Change", "Plan"]
