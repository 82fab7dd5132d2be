"""Standard output, as others read it: who has read enough may close it, and that is nobody's failure."""

import os
import sys


def write(text: str) -> None:
    """Writes text to standard output; goes on quietly when nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
