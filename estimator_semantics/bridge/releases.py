"""Which releases of TensorFlow and tf-keras belong together, and what brings them."""

import sys

# The last minor of tf-keras so far. It works on the TensorFlow after it as well.
LAST_TF_KERAS = (2, 21)

ESTIMATOR = "2.15.0"


def tensorflow() -> str:
    """Return the version of the imported TensorFlow."""
    return getattr(sys.modules.get("tensorflow"), "__version__", "(not imported)")


# The law has one too; this folder may be copied without it.
def minor(version: str) -> tuple:
    """Return the two first numbers of a version.

    Args:
        version: for example ``"2.16.2"``.
    """
    return tuple(int(part) for part in version.split(".")[:2])


def remedy(version: str = "", estimator: bool = True, keras: bool = True) -> str:
    """Return the one pip command that brings what the bridge needs.

    Args:
        version: version of TensorFlow; by default the imported one's.
        estimator: whether tensorflow-estimator has to be brought.
        keras: whether tf-keras has to be brought.
    """
    wanted = ["tensorflow-estimator==" + ESTIMATOR] * estimator
    wanted += ["'tf-keras~={}.{}.0'".format(*tf_keras_for(version or tensorflow()))] * keras
    # Without dependencies: tf-keras would bring a second TensorFlow beside tensorflow-cpu, or move the one that is here.
    return "pip install --no-deps " + " ".join(wanted)


def tf_keras_for(version: str) -> tuple:
    """Return the minor of tf-keras for a version of TensorFlow.

    Args:
        version: version of TensorFlow.
    """
    return min(minor(version), LAST_TF_KERAS)
