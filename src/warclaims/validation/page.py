"""The catalogue of rules as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.findings import FindingLevel
from warclaims.validation.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.rule import Rule

_HEAD = """\
# Rules

What `warclaims validate` checks. Rules of levels 1 to 5 find errors, those of level 6 warnings.
Rules that read words and may misread them (C502, C503, C507) only warn too. The same words are
shown by `warclaims validate --explain CODE`, and all codes are listed by
`warclaims validate --explain all`. In the examples, brackets and braces enclose words that are
marked.

A rule that reads words is applied to texts in its languages only, and others need the text or the
index. `warclaims validate` ends with what was not applied, such as
`2 texts in ru: 10 language rules not applied`; `--format json` lists it as `not_applied`. It does
not change the exit status.

Levels 1 and 2 are found while a file is read. Rules of the other
levels are not applied to a file with such an error, so more may be found once it is fixed. If it is
the index or a registry, references to it are not checked either.

Of raw passes (`annotations/passes/`) only errors are reported: they record what an annotator did. A
warning about something that is right as it is may be waived in the file that it is about, in the
list `waivers` at its end. In annotations (`annotations/gold/…`):

```json
 "waivers": [
  {"code": "W603", "record": "t4", "span": null, "reason": "Only an adjective names the blamed."},
  {"code": "W621", "record": null, "span": [{"start": 45, "end": 51, "text": "killed"}],
   "reason": "A treaty was killed."}
 ]
```

In a registry (`annotations/registry/…`), which has no text, there is no `span`:

```json
 "waivers": [
  {"code": "W601", "record": "third", "reason": "The side of a text that is still to come."}
 ]
```

`record` is the id of the record in the pointer of the finding, `span` all words that the finding is
about; null means any. What is waived is not reported and not counted; a run over files says how
many findings were waived. The words are checked against the text like every span, and an unused
waiver is itself reported (W699), so that it cannot hide another finding later.

What bundles waive is not counted. Each bundle is checked by itself, so a stream of any length takes
the same memory.
"""


def rules_page() -> str:
    """Every rule in Markdown: a table for each level, and a section for each rule."""
    return "\n".join([_HEAD, *(line for level in FindingLevel for line in _level(level))])


def _level(level: FindingLevel) -> Iterator[str]:
    rules = [rule for rule in RULES.values() if rule.level is level]
    yield f"## Level {level.value}: {level.name.lower()}\n"
    yield "| code | finding |\n| --- | --- |"
    yield from (f"| [{rule.code}](#{rule.code.lower()}) | {rule.title} |" for rule in rules)
    yield ""
    for rule in rules:
        yield _section(rule)


def _section(rule: Rule) -> str:
    return (
        f"### {rule.code}\n\n**{rule.title}** ({rule.level.name.lower()}, {rule.severity})\n\n"
        f"{_plain(rule.why)}\n\nHow to fix: {_plain(rule.fix)}\n\n```text\n{rule.example}\n```\n"
    )


def _plain(words: str) -> str:
    """Words as Markdown that shows them: ``<`` would begin a tag and vanish."""
    return words.replace("<", "\\<")
