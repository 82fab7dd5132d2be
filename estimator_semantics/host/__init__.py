"""The host side: what runs in the user's Python (3.10 or later) and never imports TensorFlow."""

import sys

if sys.version_info < (3, 10):  # noqa: UP036 (pip installs the bridge on Python 3.9)
    raise ImportError(
        "estimator-semantics needs Python 3.10 or later; python -m estimator_semantics.bridge works on 3.9, too"
    )
