"""The environment under test: which versions it is made of."""

import importlib.util
import os
import platform
import re
import sys
from typing import Dict, Optional

# Distributions that bring `import tensorflow`, in the order in which they are asked.
TENSORFLOWS = ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-gpu", "tf-nightly", "tf-nightly-cpu")


def version(*distributions: str) -> Optional[str]:
    """Return the version of the first of these distributions that is installed, or None; import none of them."""
    for distribution in distributions:
        version = _version(distribution)
        if version is not None:
            return version
    return None


def _version(distribution: str) -> Optional[str]:
    try:
        from importlib import metadata
    except ImportError:  # Python 3.6 and 3.7, where not even setuptools is sure to be installed
        return _version_of_folder(distribution)
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _version_of_folder(distribution: str) -> Optional[str]:
    name = "[-_.]".join(re.split("[-_.]", distribution))
    pattern = re.compile(name + r"-([^-]+)(-py.*)?\.(dist|egg)-info$", re.IGNORECASE)
    for folder in sys.path:
        for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            match = pattern.match(entry)
            if match:
                return match.group(1)
    return None


def versions() -> Dict[str, Optional[str]]:
    """Return the versions that the outcome of an experiment may depend on.

    They are read without importing anything, but for a TensorFlow that goes by a name unknown here.

    Returns:
        Versions by name; None where a distribution is not installed. ``estimator`` is ``"native"`` up to TensorFlow
        2.15, and after it ``"bridged"`` or, where what the bridge needs is not installed, None.
    """
    tensorflow = version(*TENSORFLOWS) or _imported_version()
    return {
        "tensorflow": tensorflow,
        "tensorflow_estimator": version("tensorflow-estimator", "tf-estimator-nightly"),  # the latter of 2.8.0
        "keras": version("keras", "keras-nightly"),
        "tf_keras": version("tf-keras"),
        "numpy": version("numpy"),
        "protobuf": version("protobuf"),
        "pandas": version("pandas"),
        "python": platform.python_version(),
        "estimator": _estimator(tensorflow),
    }


def _imported_version() -> Optional[str]:
    if importlib.util.find_spec("tensorflow") is None:
        return None
    try:
        import tensorflow

        return tensorflow.__version__.replace("-", "")
    except Exception:  # a broken installation raises anything at all
        return None


def _estimator(tensorflow: Optional[str]) -> Optional[str]:
    if tensorflow is None:
        return None
    if has_native_estimator(tensorflow):
        return "native"
    return "bridged" if version("tensorflow-estimator") and version("tf-keras") else None


def has_native_estimator(tensorflow: str) -> bool:
    """Return whether this version of TensorFlow came with tf.estimator.

    Args:
        tensorflow: version, for example ``"2.15.1"``.

    Source:
        https://github.com/tensorflow/tensorflow/releases/tag/v2.16.1
    """
    major, minor = tensorflow.split(".")[:2]
    return (int(major), int(minor)) < (2, 16)


def machine() -> Dict[str, object]:
    """Return what the environment runs on."""
    return {"platform": "{}-{}".format(sys.platform, platform.machine()), "cpus": len(os.sched_getaffinity(0))}
