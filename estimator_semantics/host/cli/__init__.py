"""The command ``estimator-semantics``: ``app`` calls it, ``verbs`` and ``options`` declare it, each verb has its module."""

from estimator_semantics.host.cli.app import main

__all__ = ["main"]
