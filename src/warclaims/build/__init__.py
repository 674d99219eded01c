"""Everything generated from the sources: schemas, tables, manifest, parts of the card."""
