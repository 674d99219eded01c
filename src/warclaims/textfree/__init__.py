"""The edition without texts, and its restoration with the texts that a user has.

``words`` finds words and their fingerprints, ``masking`` removes the words of the texts from notes
and evidence, ``edition`` writes the files, ``reading`` reads and checks them. ``alignment`` finds
the words again in another copy of a text, ``anchors`` and ``edges`` place spans there, ``moving``
moves annotations, and ``restoring`` puts everything back. ``docs/release.md`` has the reasons.
"""
