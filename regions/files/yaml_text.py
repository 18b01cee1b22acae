"""YAML as users write it: nodes with their lines, without aliases, and not deep."""

import yaml

from regions.errors import Fault, StudyError
from regions.messages import say

_DEEPEST = 10


def compose_yaml(text: str, file: str) -> yaml.Node:
    """Parse a mapping into nodes, refusing aliases before anything is built."""
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise StudyError(Fault.of(file, say("E-YAML/deep")))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1 if event.start_mark else None
                raise StudyError(Fault.of(file, say("E-YAML/anchor"), row=line))
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise StudyError(
            Fault.of(file, say("E-YAML/invalid", problem=getattr(error, "problem", None) or "unreadable"), row=row)
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise StudyError(Fault.of(file, say("E-CONFIG/no-mapping"), row=1))
    return root
