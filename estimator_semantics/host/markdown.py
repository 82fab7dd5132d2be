"""Markdown: texts as they are shown, whatever is in them.

Texts come from experiments, and from records, which anybody may have written.
"""

import re

# What makes a text something else in Markdown: signs of emphasis, and what looks like a tag, an entity or code. (Within a word
# an underscore is none of these, and neither is a tilde in a condition on versions.)
_SIGNS = r"[*\\`]|~(?!=)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])"
_SIGNS_OUTSIDE_LINKS = re.compile(_SIGNS)
_SIGNS_AND_BRACKETS = re.compile(rf"{_SIGNS}|[\[\]]")
# Code ends at the next run of as many backticks as it begins with; a run that no other one matches begins none.
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?[^`]\1(?!`)")


def plain(text: str, *, links: bool = False) -> str:
    """Return a text in Markdown, in which it is what it is here, in one line, and only code in backticks looks different.

    Args:
        text: the text.
        links: whether brackets in it are those of a link. For texts of this project only.
    """
    signs = _SIGNS_OUTSIDE_LINKS if links else _SIGNS_AND_BRACKETS
    text = _in_one_line(text)
    escaped, end = "", 0
    for code in _CODE.finditer(text):
        escaped += signs.sub(r"\\\g<0>", text[end : code.start()]) + code.group()
        end = code.end()
    return escaped + signs.sub(r"\\\g<0>", text[end:])


def code(text: str) -> str:
    """Return a text as code in Markdown, whatever backticks are in it."""
    text = _in_one_line(text)
    ticks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    # A space on both sides is no part of the code, and a backtick beside the others would be one of them.
    beside = " " if not text or text[0] in " `" or text[-1] in " `" else ""
    return f"{ticks}{beside}{text}{beside}{ticks}"


def cell(text: object) -> str:
    """Return a line of Markdown as the cell of a table takes it.

    Args:
        text: the line; something else is taken as what it prints as.
    """
    return str(text).replace("|", "\\|")


def _in_one_line(text: str) -> str:
    return " ".join(text.splitlines())
