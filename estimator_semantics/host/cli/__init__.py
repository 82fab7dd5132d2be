"""The command ``estimator-semantics``: ``app`` has its verbs and options, and each verb a module of its name."""

from estimator_semantics.host.cli.app import main

__all__ = ["main"]
