"""Files that are whole or not there: what is in the place of one is replaced at once, whatever happens meanwhile."""

import os
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Write a file; what it held is replaced at once, never half.

    Args:
        path: the file.
        content: all that it is to hold.

    Raises:
        OSError: it cannot be written; what it held is still there.
    """
    os.replace(beside(path, content), path)


def beside(path: Path, content: bytes) -> Path:
    """Write a file that is to take the place of another one, and return where it is until then.

    Args:
        path: the other one; it need not be there.
        content: all that the file is to hold.

    Raises:
        OSError: it cannot be written; nothing is left of it.
    """
    replacement = path.with_name(path.name + ".new")
    try:
        with replacement.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        replacement.unlink(missing_ok=True)
        raise
    return replacement
