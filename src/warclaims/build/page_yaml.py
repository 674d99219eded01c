"""The YAML at the head of a page, read without the means that make little of it very much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.files.limits import MAX_DESCRIPTION

if TYPE_CHECKING:
    from pathlib import Path

MAX_DEPTH = 50
"""Lists and mappings in one another."""

_NOT_A_VALUE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What PyYAML raises for a value that is not what it looks like, as a date without such a day."""


def read_yaml(text: str, path: Path) -> dict[str, Any]:
    """The keys and values of the front matter ``text``, which is that of the page at ``path``.

    Raises:
        WarclaimsError: it is too large, not such YAML, or has aliases or a value that is wrong.
    """
    import yaml

    if len(text.encode()) > MAX_DESCRIPTION:
        raise WarclaimsError(f"the front matter of {path} is larger than {MAX_DESCRIPTION:,} bytes")
    line = 1
    try:
        depth = 0
        for event in yaml.parse(text, yaml.SafeLoader):
            line = event.start_mark.line + 2 if event.start_mark else line
            if getattr(event, "anchor", None):
                raise _wrong(path, line, "has an alias or anchor. Write the value itself")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise _wrong(path, line, "is nested too deeply")
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if root is None:
            return {}
        if not isinstance(root, yaml.MappingNode):
            raise _wrong(path, 2, "is not a list of keys and values")
        written = {}
        for key, value in root.value:
            line = key.start_mark.line + 2
            entry = {loader.construct_object(key, deep=True): loader.construct_object(value, True)}
            yaml.safe_dump(entry)  # it is written again
            written.update(entry)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else line
        raise _wrong(path, line, f"is not YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 2
        raise _wrong(path, line, f"is not YAML: {error.reason}") from None
    except _NOT_A_VALUE as error:
        raise _wrong(path, line, f"has a value that cannot be read: {error}") from None
    return written


def _wrong(path: Path, line: int, message: str) -> WarclaimsError:
    return WarclaimsError(f"{path}, line {line}: the front matter {message}")
