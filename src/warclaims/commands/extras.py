"""The optional packages, and the command that installs a missing one."""

from __future__ import annotations

EXTRAS = {
    "agree": ("numpy", "scipy"),
    "bundles": ("backports",),
    "datasets": ("datasets",),
    "ray": ("ray",),
    "report": ("jinja2", "markupsafe", "numpy", "scipy", "vl_convert"),
    "spacy": ("spacy",),
    "studio": ("filelock", "httpx", "label_studio_sdk", "platformdirs"),
    "llm": ("httpx",),  # after studio, which needs more than it
    "xmi": ("cassis",),
}
"""The modules of each extra in ``pyproject.toml``, by its name."""


def how_to_install(error: ModuleNotFoundError) -> str | None:
    """The command that installs the missing module; ``None`` if it belongs to no extra.

    >>> how_to_install(ModuleNotFoundError(name="label_studio_sdk.core"))
    'pip install "warclaims[studio]"'
    """
    module = (error.name or "").partition(".")[0]
    for extra, modules in EXTRAS.items():
        if module in modules:
            return f'pip install "warclaims[{extra}]"'
    return None
