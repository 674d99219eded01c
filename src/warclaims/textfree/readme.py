"""The README of an edition without texts."""

from __future__ import annotations

from typing import Any

_PAGE = """\
# A corpus of WarClaims without its texts

Written by WarClaims {version}. This folder has the annotations, not the texts. If you have the
texts, put them back:

```sh
warclaims restore DIR --texts FOLDER --out CORPUS
```

| document | file | code points | SHA-256 of the file |
| --- | --- | --- | --- |
{rows}
`textfree.json` has the SHA-256 of every file here; if one differs, nothing is written. With exactly
these texts everything is restored as it was. With another copy of a text (other white space,
quotation marks, a frame around it, a few other words) spans are put where their words are, and each
is reported as exact, moved, doubtful or lost. If less than a third of a text is found, it is taken
for another one and left out.

## What is left of the texts

- Offsets and lengths of spans, segments and titles, and the SHA-256 of each file. The entity that a
  span names is beside it, and the registries have its names: where only one of them is as long as
  the span, the words of the span are known. These are 4.9 % of all words in the edition of the
  corpus that WarClaims comes with.
- A fingerprint of {bits} bits for each word, made of the word and two neighbours on either side,
  and keyed by the document's id, which is not secret. That is at most {bits} bits per word. Packed
  by LZMA the texts take {entropy} bits per word, which is more than they hold. How much they hold
  depends on the model of the language: with a large one perhaps 4 to 5 bits per word, hardly more
  than the fingerprints. So the texts are not in here, but they might be guessed with such a model:
  - each word is part of five fingerprints, so 20 bits are known of a neighbourhood of nine words.
    If the words around one are known, a vocabulary can be tried: of a million words one fits by
    chance, so a single unknown word can often be guessed.
  - whoever guesses a passage can verify it.
- The marks and blanks between two words, where a span starts or ends among them.
- Single words and pairs of words in notes, evidence, names and the guidelines. Three words in a
  row of a text are replaced by a reference such as `⟦000:123-140⟧` (document, code points). In what
  is about one document these are words of its text, and of texts that are named by their ids.
- Ids and names of files, because they hold the corpus together. These ids contain three words in a
  row of a text:

{ids}
Names from public sources stay, although a text has them, too:

{kept}"""


def readme(facts: dict[str, Any]) -> str:
    """The page for an edition with these ``facts`` in its manifest."""
    rows = [
        f"| {one['id']} | {one['file']} | {one['length']:,} | `{one['sha256']}` |\n"
        for one in facts["documents"]
    ]
    return _PAGE.format(
        version=facts["warclaims"],
        rows="".join(rows),
        bits=facts["bits_a_word"],
        entropy=facts["entropy_bits_a_word"],
        ids=_listed([f"`{one}`" for one in facts["ids_with_words"]]),
        kept=_listed(facts["names_kept"]),
    )


def _listed(items: list[str]) -> str:
    return "".join(f"- {item}\n" for item in items) or "None.\n"
