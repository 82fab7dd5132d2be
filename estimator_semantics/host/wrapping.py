"""Text for a terminal: broken between words, where the terminal would break it anywhere."""

import re
import textwrap

# A last column that has less room than this is not continued under itself.
NARROW = 16
INDENT = 4


def wrapped(text: str, width: int) -> str:
    """Return text with no line longer than the width, unless a single word is.

    Columns are what two spaces or more set apart. Where a line has them, its last column continues under itself.

    Args:
        text: any number of lines.
        width: columns of the terminal, at least 1.
    """
    return "\n".join(part for line in text.split("\n") for part in _parts(line, width))


def _parts(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    margin = " " * (len(line) - len(line.lstrip()))
    starts = [gap.end() for gap in re.finditer(r"\S {2,}(?=\S)", line)]
    if not starts:
        return _wrap(line.lstrip(), width, margin, margin)
    head, last = line[: starts[-1]], line[starts[-1] :]
    if width - len(head) >= NARROW:
        return _wrap(last, width, head, " " * len(head))
    below = margin + " " * INDENT
    return [*_wrap(head.strip(), width, margin, below), *_wrap(last, width, below, below)]


def _wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
