"""The page that documents all rules."""

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
C502, C503 and C507 interpret words and may be wrong, so they only warn, too. The descriptions below
are also shown by `warclaims validate --explain CODE`, and `--explain all` lists all codes. In
examples, brackets and braces enclose annotated words.

Some rules interpret words, and are applied only to texts in their languages. Others need the text
or the index. The output of `warclaims validate` ends with the rules that were not applied, such as
`2 texts in nl: 10 language rules not applied`; with `--format json` they are in `not_applied`. They
do not change the exit status.

Levels 1 and 2 are checked when a file is read. After such an error the rules of the other levels
are not applied to the file, so fixing it may reveal more findings. If the error is in the index or
a registry, references to it are not checked.

In raw passes (`annotations/passes/`) only errors are reported, because passes record what an
annotator did. If the annotation is right although a rule warns, add a waiver to the file, in the
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
  {"code": "W601", "record": "third", "reason": "The side of a text that will be added."}
 ]
```

`record` is the id of the record in the pointer of the finding, `span` the words that the finding is
about; null matches any. Waived findings are neither reported nor counted as warnings; the summary
gives their number. The words of a waiver are compared with the text like those of every span.
Unused waivers are reported (W699), so that they do not hide another finding later.

Waived findings in bundles are not counted. Each bundle is checked by itself, so a stream of any
length takes the same memory.
"""


def rules_page() -> str:
    """All rules in Markdown: a table per level and a section per rule."""
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
    """Escape ``<``, which would start a tag in Markdown."""
    return words.replace("<", "\\<")
