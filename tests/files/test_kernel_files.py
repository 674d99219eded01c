"""Files of the kernel are read, too: they refuse large buffers."""

from pathlib import Path

import pytest

from warclaims.files import read_file

BOOT = Path("/proc/sys/kernel/random/boot_id")


@pytest.mark.skipif(not BOOT.exists(), reason="only Linux has it")
def test_a_file_of_the_kernel_is_read():
    assert len(read_file(BOOT).strip()) == 36
