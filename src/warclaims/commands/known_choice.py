"""A choice between names that suggests the closest for an unknown one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

import click


class KnownChoice(click.Choice[str]):
    """A choice between names that suggests the closest for an unknown one."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is said of a name that is not a choice."""
        close = get_close_matches(str(value).casefold(), self.choices, 1)
        message = super().get_invalid_choice_message(value, ctx).removesuffix(".")
        return f"{message}; did you mean {close[0]!r}?" if close else f"{message}."
