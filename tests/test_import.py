"""What importing costs: nothing that is heavy, and no module that is not asked for."""

import subprocess
import sys

HEAVY = ("datasets", "pyarrow", "pandas", "pydantic", "rich", "label_studio_sdk", "jsonschema")


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_package_imports_nothing_heavy():
    assert not loaded_after("import warclaims") & {*HEAVY, "click", "orjson"}


def test_the_help_of_the_command_line_imports_nothing_heavy():
    code = (
        "import contextlib, io\n"
        "from warclaims.commands import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['--help'])"
    )
    assert not loaded_after(code) & set(HEAVY)


def test_claims_are_shown_without_tables_and_rules():
    code = (
        "import contextlib, io\n"
        "from warclaims.commands import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['claims'])"
    )
    assert not loaded_after(code) & {"pyarrow", "datasets", "pandas", "warclaims.validation"}


def test_everything_public_is_there_and_documented():
    import warclaims

    for name in warclaims.__all__:
        value = getattr(warclaims, name)
        assert isinstance(value, str) or value.__doc__
    assert dir(warclaims) == sorted(warclaims.__all__)
