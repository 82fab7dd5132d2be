"""``python -m estimator_semantics``: the same as the command ``estimator-semantics``."""

from estimator_semantics.host.cli import main

main()
