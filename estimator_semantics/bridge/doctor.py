"""What this environment has, what is missing, and what mends it."""

import platform
from typing import Any, Optional

from estimator_semantics.bridge import Unavailable, package, releases

# They bring the same folder; the second one installed overwrites the first. The probe has this list too: this folder may be
# copied without it.
_TENSORFLOWS = ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-gpu", "tf-nightly", "tf-nightly-cpu")


def examine(out: Any) -> int:
    """Report how tf.estimator can be had here.

    Args:
        out: file to write to.

    Returns:
        0 if it can, otherwise 1: the last line is then what to do.
    """
    out.write("Python {}\n".format(platform.python_version()))
    try:
        import tensorflow
    except ImportError as error:
        out.write("TensorFlow: cannot be imported: {}\n".format(error))
        out.write("do: pip install tensorflow tensorflow-estimator=={} tf-keras\n".format(releases.ESTIMATOR))
        return 1
    version = tensorflow.__version__
    out.write("TensorFlow {}\n".format(version))
    installed = [name for name in _TENSORFLOWS if _version(name)]
    if len(installed) > 1:
        out.write(
            "{} are in one folder: a second TensorFlow has overwritten parts of the first\n".format(
                " and ".join("{} {}".format(name, _version(name)) for name in installed)
            )
        )
        out.write(
            "do: pip uninstall -y {0} && pip install {1}=={2}\n".format(
                " ".join(installed), installed[-1], _version(installed[-1])
            )
        )
        return 1
    if not package.prepare():
        out.write("tf.estimator is native: TensorFlow {} has its own\n".format(version))
        return 0
    estimator, keras = _version("tensorflow-estimator"), _version("tf-keras")
    out.write("tensorflow-estimator {}\n".format(estimator or "is missing"))
    out.write("tf-keras {}\n".format(keras or "is missing"))
    wanted = releases.tf_keras_for(version)
    needs_estimator = estimator != releases.ESTIMATOR
    needs_keras = not keras or releases.minor(keras) != wanted
    if needs_estimator and estimator:
        out.write("tensorflow-estimator {} is wanted: the last one there is\n".format(releases.ESTIMATOR))
    if needs_keras and keras:
        out.write("tf-keras {}.{} is wanted: the one for TensorFlow {}\n".format(wanted[0], wanted[1], version))
    if needs_estimator or needs_keras:
        out.write("do: {}\n".format(releases.remedy(version, needs_estimator, needs_keras)))
        return 1
    try:
        package.load("v1")
        package.load("v2")
    except Unavailable as error:
        out.write("{}\n".format(error))
        return 1
    out.write("tf.estimator is bridged: tensorflow-estimator {} on TensorFlow {}\n".format(estimator, version))
    return 0


def _version(distribution: str) -> Optional[str]:
    try:
        from importlib import metadata
    except ImportError:  # Python 3.6 and 3.7, where no release needs the bridge
        return None
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
