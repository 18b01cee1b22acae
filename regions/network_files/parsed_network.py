"""What a network file says before anything is made of it: nodes and links as text."""

from dataclasses import dataclass, field
from typing import NamedTuple

from regions.errors import Fault
from regions.messages import say


class Link(NamedTuple):
    """One link as it stands in the file.

    Attributes
    ----------
    source, target
        Ids of nodes.
    attributes
        Name -> text.
    line
        Line, or number, of the link in the file.
    directed
        Whether the file says that it has a direction; None when the format leaves that open.
    """

    source: str
    target: str
    attributes: dict[str, str]
    line: int
    directed: bool | None


@dataclass(slots=True)
class Network:
    """What a network file says, as text.

    Attributes
    ----------
    nodes
        Id -> attributes.
    links
        In the order of the file.
    places
        Whether the ids are only places in a list, which name no region.
    warnings
        What was noticed while reading.
    """

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    places: bool = False
    warnings: list[Fault] = field(default_factory=list)

    def fill_weights(self, file: str) -> None:
        """Give links without a value the 1 that Pajek and UCINET mean, where others have one (``W-WEIGHT``)."""
        bare = [link for link in self.links if "weight" not in link.attributes]
        if not 0 < len(bare) < len(self.links):
            return
        for link in bare:
            link.attributes["weight"] = "1"
        self.warnings.append(
            Fault.of(file, say("W-WEIGHT/none", count=len(bare), links=len(self.links), line=bare[0].line))
        )
