"""Accounts and comparisons: what sources agree and disagree on. Pure functions of records.

``docs/comparisons.md`` explains the rules. The modules in the order of the data, :mod:`.comparer`
leading from bundles to the result:

Records become facts.

- :mod:`.sources`: who counts as one source.
- :mod:`.facts`: casualty records with their source, date, sentence and denials.
- :mod:`.bounds`: the range of numbers that the words of a count allow.
- :mod:`.kinds`: kinds of victims, and which include or exclude each other.

Facts become groups: a count with its parts.

- :mod:`.text_links`: which records of a text are the same people, parts, replaced or later states.
- :mod:`.text_groups`: the group of each record, with its bounds and limits.
- :mod:`.fates`: what became of the people of a count: freed, dead, still held.

Groups become accounts.

- :mod:`.text_accounts`: the accounts of one text.
- :mod:`.account_numbers`: what the groups of an account say: total, closed or list.
- :mod:`.breakdown`: the bounds of each kind of victims in it.
- :mod:`.accounts`: an account, as stated or computed from others.
- :mod:`.text_readings`: the accounts of one text under other readings of its records.
- :mod:`.text_store`: the texts on disk until those of connected events are compared.
- :mod:`.repeats`: marks for restatements and for what is stated as fact.
- :mod:`.similar`: events that may be the same.

Accounts of an event are divided into those that can be compared.

- :mod:`.scene`: all accounts by event, under one reading, and the rows of each event.
- :mod:`.happenings`: whether the event is a single happening; which causes exclude each other.
- :mod:`.wholes`: sums, minimums and remainders over events and their parts.
- :mod:`.history`: updates, and which accounts are current.
- :mod:`.succession`: which numbers of a source its later ones replace.
- :mod:`.scopes`: accounts that no side, cause or perpetrator keeps apart.

Accounts in a scope become rows: a comparison in one respect.

- :mod:`.stances`: what an account says of all victims or of a kind.
- :mod:`.positions`: the largest sets of stances that can all be true.
- :mod:`.rows`: a row with its positions, before it becomes a record.
- :mod:`.number_rows`: rows on totals, who the victims were, age and sex, sides.
- :mod:`.rival_lists`: rows on lists of different kinds.
- :mod:`.blame`: rows on causes and perpetrators.
- :mod:`.uncompared_rows`: rows that show counts without comparing them.
- :mod:`.redundant_rows`: leaves out rows that say nothing new.
- :mod:`.reading_trials`: which rows depend on a reading.
- :mod:`.extremes`: the few accounts on which the disagreements rest.
- :mod:`.near_accounts`: these with what is near a changed account, in place of all.

Rows become records, and words.

- :mod:`.result`: the records of accounts and comparisons.
- :mod:`.compared_rows`: all of them on disk, for a large corpus.
- :mod:`.accusations`: who blames whom, and who answers.
- :mod:`.selection`: the comparisons in which given claims take part.
- :mod:`.outline`: comparisons without ids, to compare two versions.
- :mod:`.by_event`: accounts and comparisons by event.
- :mod:`.summary`: what sources say of an event, in a few sentences.
- :mod:`.event_views`: what is shown of each event, as plain data.

:mod:`.wording` (numbers and sources in words) serves all of them.
"""

from warclaims.accounts.comparer import compare, compare_groups

__all__ = ["compare", "compare_groups"]
