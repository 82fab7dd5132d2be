"""``schema``: the JSON Schema of the lines of a record."""

import msgspec

from estimator_semantics.host.cli.output import write
from estimator_semantics.host.record import Footer, Header, Result


def schema() -> None:
    """Print the JSON Schema that each line of a record follows."""
    content = msgspec.json.encode(msgspec.json.schema(Header | Result | Footer))
    write(msgspec.json.format(content).decode() + "\n")
