"""Graphs as text: up to 2.20 TensorFlow writes them with an argument that protobuf 7 dropped.

``float_format=""`` said the same as leaving it out. Every training writes its graph as text.

Source:
    https://github.com/tensorflow/tensorflow/blob/v2.20.0/tensorflow/python/framework/graph_io.py
"""

import inspect
import types

from google.protobuf import text_format
from tensorflow.python.framework import graph_io


class _TextFormat(types.ModuleType):
    """``text_format`` as ``graph_io`` expects it."""

    def __getattr__(self, name):
        return getattr(text_format, name)

    @staticmethod
    def MessageToString(message, *args, **options):
        float_format = options.pop("float_format", None)
        if float_format:
            raise NotImplementedError(
                "float_format={!r}: protobuf 7 has no such option; take protobuf<7".format(float_format)
            )
        return text_format.MessageToString(message, *args, **options)


def stand_in() -> None:
    """Let TensorFlow write graphs as text, if the installed protobuf has no ``float_format``."""
    if getattr(graph_io, "text_format", None) is not text_format:
        return
    if "float_format" not in inspect.signature(text_format.MessageToString).parameters:  # type: ignore[union-attr]  # not None
        graph_io.text_format = _TextFormat(text_format.__name__, text_format.__doc__)  # type: ignore[union-attr]  # not None
