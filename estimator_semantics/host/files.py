"""Files that are whole or not there: what is in the place of one is replaced at once, whatever happens meanwhile.

And files that one process at a time may hold.
"""

import os
from pathlib import Path
from typing import IO


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


def lock(file: IO[str], *, wait: bool) -> None:
    """Lock a file, until it is closed, against other processes that do the same.

    Args:
        file: the file, open for writing.
        wait: whether to wait for a process that has locked it.

    Raises:
        BlockingIOError: another process has locked it, and is not waited for.
    """
    import fcntl  # Windows has none, and nothing that is locked

    fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
