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

Levels 1 and 2 are found while a file is read. A file with such an error is no record yet, and no
rule of the other levels is asked of it: once it is mended more may be found. Where it is the index
or a registry, what other files refer to in it is not looked for either.

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

`record` is the id of the record that the pointer of the finding goes through, `span` the words that
the finding is about, all of them; null stands for any. What is waived is not reported and does not
count; a run over files says how many findings were waived. The words are held against the text like
every span, and a waiver that waives nothing is itself reported (W699), so none can come to hide
something else.

What bundles waive is left out like what files waive, but not counted. Each bundle is checked by
itself, so that a stream of any length takes the same memory: that a document stands in it twice is
not told.
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
        f"{_plain(rule.why)}\n\nTo mend it: {_plain(rule.mend)}\n\n```text\n{rule.example}\n```\n"
    )


def _plain(words: str) -> str:
    """Words as Markdown that shows them: ``<`` would begin a tag and vanish."""
    return words.replace("<", "\\<")
