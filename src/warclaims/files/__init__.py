"""Read files within limits, write them whole or not at all, and lock a corpus."""

from warclaims.files.locking import locked, settle
from warclaims.files.on_disk import FilesOnDisk
from warclaims.files.presence import files_below, is_folder, is_there, paths_below
from warclaims.files.reading import FileTooLarge, open_file, read_file, read_words, reason
from warclaims.files.replacement import replace_folder, replacing
from warclaims.files.stored_values import StoredValues
from warclaims.files.temporary import workspace
from warclaims.files.writing import write_all, write_bytes

__all__ = [
    "FileTooLarge",
    "FilesOnDisk",
    "StoredValues",
    "files_below",
    "is_folder",
    "is_there",
    "locked",
    "open_file",
    "paths_below",
    "read_file",
    "read_words",
    "reason",
    "replace_folder",
    "replacing",
    "settle",
    "workspace",
    "write_all",
    "write_bytes",
]
