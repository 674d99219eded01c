"""The corpus of held-out texts is valid, and its generated files are up to date."""


def test_the_held_out_texts_are_valid(cli, shipped):
    run = cli("--corpus", shipped / "examples" / "heldout", "validate")
    assert run.returncode == 0, run.stdout


def test_what_is_generated_of_the_held_out_texts_is_up_to_date(cli, shipped):
    run = cli("--corpus", shipped / "examples" / "heldout", "build", "--check")
    assert run.returncode == 0, run.stdout
