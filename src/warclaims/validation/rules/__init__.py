"""The rules, by what they are about; :mod:`warclaims.validation.catalogue` puts them in a table."""
