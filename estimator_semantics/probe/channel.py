"""The channel to the host: one JSON object per line."""

import json
import os
import sys
import threading
from typing import IO


class Channel:
    """Writes events, one JSON object per line, each line flushed whole.

    Args:
        stream: where the lines go.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, event: str, **fields: object) -> None:
        """Send one event.

        Args:
            event: its name.
            **fields: what it says; plain JSON values.
        """
        line = json.dumps(dict(fields, event=event), allow_nan=False, sort_keys=True)
        with self._lock:
            self._stream.write(line + "\n")
            self._stream.flush()


def claim_stdout() -> Channel:
    """Take standard output for the channel and send everything else that is printed to standard error.

    TensorFlow, and libraries below it, print to file descriptor 1 from C++; moving the descriptor itself keeps their
    lines out of ours.
    """
    sys.stdout.flush()
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return Channel(stream)


def end_with_host() -> None:
    """End this process as soon as standard input closes: the host is gone, however it went."""

    def wait() -> None:
        # Not through sys.stdin: a thread that holds its lock makes the interpreter abort when it shuts down.
        while os.read(0, 4096):
            pass
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
