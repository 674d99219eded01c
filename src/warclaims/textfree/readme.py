"""What an edition without texts is, for whoever opens its folder."""

from __future__ import annotations

from typing import Any

_PAGE = """\
# A corpus of WarClaims without its texts

Written by WarClaims {version}. The annotations are here, the texts are not. Whoever has the texts
puts them back:

```sh
warclaims restore DIR --texts FOLDER --out CORPUS
```

| document | file | code points | SHA-256 of the file |
| --- | --- | --- | --- |
{rows}
`textfree.json` has the SHA-256 of every file here; if one differs, nothing is written. With just
these texts everything is restored as it was. With another copy of a text (other white space,
quotation marks, a frame around it, a few other words) spans are put where their words are, and each
is reported as exact, moved, doubtful or lost. A text of which less than a third is found is taken
for another one and left out.

## What is left of the texts

- Offsets and lengths of spans, segments and titles, and the SHA-256 of each file. Whose name a span
  is stands beside it, in the registries with all its names: where only one of them is as long as
  the span, the words of the span can be read off; that is 4.9 % of all words in the edition of the
  corpus that WarClaims comes with.
- A fingerprint of {bits} bits for each word, made of the word and two neighbours on either side,
  and keyed by the document's id, which is no secret. That is at most {bits} bits a word. Packed by
  LZMA the texts take {entropy} bits a word, which is more than they hold. How much they hold
  depends on the model of the language: with a large one perhaps 4 to 5 bits a word, hardly more
  than the fingerprints. So the texts are not in here, but no claim is made that nobody can guess
  them with such a model:
  - five fingerprints take in each word, so they say 20 bits of a neighbourhood of nine words. Who
    knows the words around one can try a vocabulary: of a million words one fits by chance, so a
    single unknown word can often be guessed.
  - whoever guesses a passage can see that it fits.
- The marks and blanks between two words, where a span begins or ends among them.
- Single words and pairs of words, in notes, evidence, names and the guidelines. Three words in a
  row of a text are replaced by a reference such as `⟦000:123-140⟧` (document, code points). In what
  is about one document these are words of its text, and of texts that are named by their ids.
- Ids and names of files, for they hold the corpus together. These ids hold three words in a row of
  a text:

{ids}
Names from public sources stay, though a text has them, too:

{kept}"""


def readme(facts: dict[str, Any]) -> str:
    """The page of an edition, from what its manifest says."""
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
