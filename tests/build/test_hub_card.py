"""The card keeps the rules of the Hugging Face Hub, as far as they can be checked offline."""

import re

import pytest
import yaml
from datasets.utils.metadata import MetadataConfigs, known_task_ids
from huggingface_hub import DatasetCard, DatasetCardData

CREATORS = {"found", "crowdsourced", "expert-generated", "machine-generated", "other"}
ALLOWED = {
    "annotations_creators": CREATORS | {"no-annotation"},
    "language_creators": CREATORS,
    "multilinguality": {"monolingual", "multilingual", "translation", "other"},
    "size_categories": {"n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "other"},
    "source_datasets": {"original", "extended"},
    "task_categories": set(known_task_ids),
    "task_ids": {"named-entity-recognition"},
}
"""What the Hub takes: the documentation of ``DatasetCardData``, and the tasks of ``datasets``."""


@pytest.fixture(scope="module", params=[".", "examples/heldout"])
def card(shipped, request):
    return shipped / request.param / "README.md"


def test_the_libraries_of_the_hub_read_it_whole(card):
    loaded = DatasetCard.load(card)
    assert isinstance(loaded.data, DatasetCardData)
    assert loaded.text.lstrip().startswith("# ")
    matter = yaml.safe_load(card.read_text("utf-8").split("---\n")[1])
    assert loaded.data.to_dict() == matter
    assert len(card.read_text("utf-8").split("---\n")[1].splitlines()) <= 30


def test_its_values_are_those_that_the_hub_knows(card):
    data = DatasetCard.load(card).data.to_dict()
    for key, allowed in ALLOWED.items():
        assert set(data.get(key, ())) <= allowed, key
    assert all(re.fullmatch("[a-z]{2,3}", code) for code in data["language"])
    if data["license"] == "other":
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", data["license_name"])
        assert data["license_link"] == "LICENSE"
        assert (card.parent / "LICENSE").is_file()


def test_every_configuration_names_a_file_and_one_is_the_default(card):
    configs = MetadataConfigs.from_dataset_card_data(DatasetCard.load(card).data)
    assert configs.get_default_config_name() == "claims"
    assert len(configs) > 10
    assert all((card.parent / one["data_files"]).is_file() for one in configs.values())
