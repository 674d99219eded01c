"""A task open in the browser, and what comes of it."""

from __future__ import annotations

import pytest
from browser import Board

import warclaims
from warclaims.labelstudio import read_results, task


@pytest.fixture
def corpus(mini):
    """The small corpus, opened."""
    return warclaims.open(mini)


@pytest.fixture
def board(corpus):
    """Document one of the small corpus, open in front of an annotator."""
    return Board(task(corpus.bundle("one"), corpus.registries))


@pytest.fixture
def outcome(corpus, board):
    """Saves the board and reads what comes of it."""
    return lambda **options: read_results(board.export(), "export.json", corpus, **options)


@pytest.fixture
def changes(outcome):
    """Saves the board and tells the changes: kind, record, and the new values of its fields."""

    def tell():
        found = outcome()
        assert found.errors == ()
        (imported,) = found.documents
        return {
            (change.kind, change.record.id): {
                name: plain(getattr(change.after, name)) for name in change.fields
            }
            for change in imported.changes()
        }

    return tell


def plain(value):
    """Spans as their words, anything else as it is."""
    if isinstance(value, tuple) and value and hasattr(value[0], "text"):
        return [fragment.text for fragment in value]
    return value
