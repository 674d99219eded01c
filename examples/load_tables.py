"""Load every table with Hugging Face `datasets`, straight from this checkout."""

from pathlib import Path
from tempfile import TemporaryDirectory

from datasets import disable_progress_bars, get_dataset_config_names, load_dataset

disable_progress_bars()
checkout = str(Path(__file__).resolve().parents[1])

with TemporaryDirectory() as cache:
    for name in get_dataset_config_names(checkout):
        table = load_dataset(checkout, name, split="train", cache_dir=cache)
        print(f"{name:20} {table.num_rows:4} rows  {', '.join(table.column_names[:6])} …")
