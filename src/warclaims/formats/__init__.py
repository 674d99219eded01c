"""The formats of other programs, one folder each: what it reads, writes, keeps and loses."""

from importlib import import_module
from pkgutil import iter_modules

from warclaims.formats.format import Format

FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        import_module(f"{__name__}.{folder.name}").FORMAT
        for folder in iter_modules(__path__)
        if folder.ispkg
    )
}
"""The formats by name, behind ``export``, ``import``, their help and ``docs/formats.md``."""

__all__ = ["FORMATS", "Format"]
