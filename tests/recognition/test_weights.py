"""Files of weights: what they may hold, and what they must not."""

import io
import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest

from bot.recognition.weights import WeightsError, read_weights

MAGIC = 0x1950A86A20F9469CFC6C


def old_file(file: Path, pickled: bytes, storages: dict[str, np.ndarray]) -> Path:
    out = io.BytesIO()
    for part in (MAGIC, 1001, {"little_endian": True}):
        pickle.dump(part, out, protocol=2)
    out.write(pickled)
    pickle.dump(list(storages), out, protocol=2)
    for numbers in storages.values():
        out.write(len(numbers).to_bytes(8, "little") + numbers.tobytes())
    file.write_bytes(out.getvalue())
    return file


class Made:
    """A pickle written by hand, as torch's own would be: `_rebuild_tensor_v2(storage, offset, shape, stride, ...)`."""

    def __init__(self, name: str, key: str, count: int, view: tuple[int, tuple[int, ...], tuple[int, ...]]) -> None:
        self.name, self.key, self.count, self.view = name, key, count, view

    def text(self) -> bytes:
        offset, shape, stride = self.view
        ints = b"".join(b"I%d\n" % number for number in shape)
        steps = b"".join(b"I%d\n" % number for number in stride)
        return (
            b"V%s\n" % self.name.encode()
            + b"ctorch._utils\n_rebuild_tensor_v2\n("
            + b"(Vstorage\nctorch\nFloatStorage\nV%s\nVcpu\nI%d\nNtQ" % (self.key.encode(), self.count)
            + b"I%d\n(%st(%st" % (offset, ints, steps)
            + b"I00\nccollections\nOrderedDict\n)RtR"
        )


def pickled(*arrays: Made) -> bytes:
    return b"ccollections\nOrderedDict\n)R(" + b"".join(one.text() for one in arrays) + b"u."


def test_arrays_are_read_by_name_with_their_strides(tmp_path: Path) -> None:
    numbers = np.arange(6, dtype="<f4")
    made = pickled(Made("rows", "1", 6, (0, (2, 3), (3, 1))), Made("turned", "1", 6, (0, (3, 2), (1, 3))))
    read = read_weights(old_file(tmp_path / "w.pth", made, {"1": numbers}))
    assert read["rows"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert read["turned"].tolist() == [[0, 3], [1, 4], [2, 5]]


@pytest.mark.parametrize("view", [(0, (7,), (1,)), (4, (3,), (1,)), (-1, (2,), (1,)), (0, (2, 3), (3, 2))])
def test_a_view_never_reaches_beyond_its_numbers(tmp_path: Path, view) -> None:
    file = old_file(tmp_path / "w.pth", pickled(Made("w", "1", 6, view)), {"1": np.arange(6, dtype="<f4")})
    with pytest.raises(WeightsError):
        read_weights(file)


class Evil:
    def __reduce__(self):
        return (Path.touch, (Path("/tmp/should-never-be-there-3141"),))


@pytest.mark.parametrize(
    "data", [pickle.dumps(Evil(), 2), pickle.dumps(OrderedDict(w=Evil()), 2), b"cos\nsystem\n(Vtrue\ntR."]
)
def test_a_file_calls_nothing(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(WeightsError, match="not allowed"):
        read_weights(old_file(tmp_path / "w.pth", data, {}))
    assert not Path("/tmp/should-never-be-there-3141").exists()


def test_a_file_that_is_cut_short_or_something_else(tmp_path: Path) -> None:
    whole = old_file(tmp_path / "w.pth", pickled(Made("w", "1", 6, (0, (6,), (1,)))), {"1": np.arange(6, dtype="<f4")})
    data = whole.read_bytes()
    for cut in (0, 20, len(data) // 2, len(data) - 1):
        whole.write_bytes(data[:cut])
        with pytest.raises(WeightsError):
            read_weights(whole)
    whole.write_bytes(pickle.dumps(3))
    with pytest.raises(WeightsError, match="not in the format"):
        read_weights(whole)
