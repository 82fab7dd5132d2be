"""Variables: settings outside a program that can change what TensorFlow and Keras do.

These are environment variables and the settings file of Keras, ``keras.json``.
"""

import fnmatch
import hashlib
import json
import os
from typing import Any, Dict

# Environment variables that can change a result, by the names that TensorFlow, Keras, oneDNN, OpenMP, protobuf, NumPy and Python
# read. Variables that change only what is logged are left out (TF_CPP_*, AUTOGRAPH_VERBOSITY), and so is PYTHONPATH, because
# what it adds has a version. TF_* as a whole is left out too: Terraform's variables also begin with TF_, and some of them hold
# passwords.
PATTERNS = (
    # Whether this is a node of a cluster, and how nodes talk to each other.
    "TF_CONFIG", "TF_GRPC_*", "TF_PS_*", "GRPC_FAIL_FAST", "GRPC_POLL_STRATEGY",
    # Which Keras, on which backend, with which settings, and for how many epochs at most.
    "KERAS_*", "TF_USE_LEGACY_KERAS",
    # Which implementation of an operation, of control flow, of a loop.
    "TF2_BEHAVIOR", "TF_USE_*", "TF_ENABLE_*", "TF_DISABLE_*", "TF_FORCE_*", "TF_DATA_EXPERIMENT_*", "TF_EAGER_*",
    "TF_FORWARD_COMPATIBILITY_*", "TF_FUNCTION_*", "TF_RUN_*", "TF_SYNC_ON_FINISH", "TF_PLUGGABLE_DEVICE_LIBRARY_PATH",
    "AUTOGRAPH_STRICT_CONVERSION",
    # Precision, and the order of sums.
    "TF_DETERMINISTIC_*", "TF_AUTO_MIXED_PRECISION_*", "TF_FP16_*", "TF_SET_ONEDNN_*", "TF_ONEDNN_*", "TF_MKL_*",
    "ONEDNN_*", "DNNL_*", "NVIDIA_TF32_OVERRIDE", "NPY_*",
    # Threads.
    "TF_NUM_*", "TF_OVERRIDE_GLOBAL_THREADPOOL", "OMP_*", "KMP_*", "MKL_*", "OPENBLAS_*",
    # Compilers and devices.
    "XLA_*", "TF_XLA_*", "TF_JIT_*", "TF_CUDNN_*", "TF_GPU_*",
    "CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES",
    # The order of sets, whether assertions count, what a warning does, how messages are parsed.
    "PYTHONHASHSEED", "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION",
)  # fmt: skip

# The settings in keras.json, with their defaults.
SETTINGS = {
    "floatx": "float32",
    "epsilon": 1e-07,
    "backend": "tensorflow",
    "image_data_format": "channels_last",
    "nnx_enabled": False,
}  # type: Dict[str, Any]

_LONGEST = 200


def changes_results(name: str) -> bool:
    """Return whether an environment variable can change a result.

    Args:
        name: for example ``"KERAS_BACKEND"``.
    """
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in PATTERNS)


def of_environment() -> Dict[str, str]:
    """Return the environment variables of this process that can change a result; see `bounded` for their values."""
    return {name: bounded(value) for name, value in sorted(os.environ.items()) if changes_results(name)}


def set_outside() -> Dict[str, str]:
    """Return the settings that can change a result of this process: variables by name, settings as ``"keras.json floatx"``.

    A setting that equals its default is left out.

    Source:
        https://github.com/keras-team/keras/blob/v3.10.0/keras/src/backend/config.py
    """
    changed = {name: value for name, value in _settings().items() if name in SETTINGS and value != SETTINGS[name]}
    return dict(
        of_environment(),
        **{
            "keras.json " + name: bounded(value if isinstance(value, str) else json.dumps(value))
            for name, value in sorted(changed.items())
        },
    )


def bounded(value: str) -> str:
    """Return a value, or the beginning and a hash of a long value. The hash tells two long values apart."""
    # JSON cannot hold what is not UTF-8.
    text = value.encode("utf-8", "backslashreplace").decode("utf-8")
    if len(text) <= _LONGEST:
        return text
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    return "{}… ({} characters, SHA-256 {})".format(text[:_LONGEST], len(text), digest)


def _settings() -> Dict[str, Any]:
    folder = os.environ.get("KERAS_HOME") or os.path.join("~", ".keras")
    try:
        with open(os.path.expanduser(os.path.join(folder, "keras.json")), encoding="utf-8") as file:
            settings = json.load(file)
    except (OSError, ValueError):  # Keras ignores a file that is not JSON
        return {}
    return settings if isinstance(settings, dict) else {}
