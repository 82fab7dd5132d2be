"""The checkpoints of a training: which steps are saved, and what they hold."""

import os
import re
from typing import Any, Dict, List

from estimator_semantics.probe.adapter import tf


def steps(model_dir: str) -> List[int]:
    """Return the global steps in the names of the checkpoints that a folder holds, in ascending order.

    Args:
        model_dir: the folder. The estimator keeps five checkpoints in it, if its configuration says no other number.
    """
    entries = os.listdir(model_dir) if os.path.isdir(model_dir) else []
    matches = (re.match(r"model\.ckpt-(\d+)\.index$", entry) for entry in entries)
    return sorted(int(match.group(1)) for match in matches if match)


def values(model_dir: str, step: int) -> Dict[str, Any]:
    """Return what one of the checkpoints of a folder holds, by the name of the variable.

    Args:
        model_dir: the folder.
        step: the global step in the checkpoint's name.
    """
    reader = tf.v1.train.NewCheckpointReader(os.path.join(model_dir, "model.ckpt-{}".format(step)))
    return {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}
