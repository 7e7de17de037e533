"""Files that are written whole or not at all."""

from pathlib import Path

import pytest

from bot.runtime.atomic_files import write_atomically


def test_a_file_is_there_with_its_folder_and_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file.bin"
    for data in (b"first", b"second"):
        write_atomically(file, data)
        assert file.read_bytes() == data
        assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("broken", ["write_bytes", "replace"])
def test_what_was_there_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    file = tmp_path / "file.bin"
    file.write_bytes(b"before")
    write = Path.write_bytes

    def fail(self: Path, *given: bytes) -> int:
        if broken == "write_bytes":
            write(self, given[0][:3])  # as much as the disk takes
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, broken, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(file, b"afterwards")
    monkeypatch.undo()
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]
