"""What an edition without texts is, for whoever opens its folder."""

from __future__ import annotations

from typing import Any

_PAGE = """\
# A corpus of WarClaims without its texts

Written by WarClaims {version}. The annotations are here, the texts are not. Whoever has the texts
puts them back:

```sh
warclaims hydrate DIR --texts FOLDER --out CORPUS
```

| document | file | code points | SHA-256 of the file |
| --- | --- | --- | --- |
{rows}
With just these files everything is restored as it was. With another copy of a text (other white
space, quotation marks, a frame around it, a few other words) spans are put where their words are,
and each is reported as exact, moved, doubtful or lost.

## What is left of the texts

- Offsets and lengths of spans and segments, and the SHA-256 of each file.
- A fingerprint of {bits} bits for each word, keyed by the document's id, made of the word and two
  neighbours on either side. That is at most {bits} bits a word. Packed by LZMA the texts take
  {entropy} bits a word, which is more than they hold; with a good model of the language they
  take some 8 to 12. So the fingerprints hold less than the texts. No stronger claim is made: who
  guesses a passage can see that it fits.
- Wherever three words in a row of a text stood in a note, in evidence, in a name or in the
  guidelines, a reference such as `⟦000:123-140⟧` (document, code points) stands now. Single words
  and pairs may be left.

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
        kept="".join(f"- {name}\n" for name in facts["names_kept"]) or "None.\n",
    )
