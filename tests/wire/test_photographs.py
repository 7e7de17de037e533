"""The real photographs beside the repository, indexed by the command line and identified through the bot."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from . import StandIn, Upload
from .process import bot_command, bot_process

pytestmark = pytest.mark.asyncio(loop_scope="session")
PATIENT = {"MAGPIE_PROVIDERS": "collection", "MAGPIE_PROVIDER_SECONDS": "60"}
"""What is found is tested here, not how soon: on a busy machine the first lookup may take more than five seconds."""
HOW_MANY = 20
"""So many are looked up, among these and each fourth of the others; the benchmark `identify_photographs` has all."""


def reposted(path: Path) -> bytes:
    """Half the size, JPEG quality 30: what a picture looks like after it went round."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").resize((picture.width // 2, picture.height // 2))
    data = io.BytesIO()
    small.save(data, "JPEG", quality=30)
    return data.getvalue()


@pytest.mark.slow
async def test_twenty_reposted_photographs_are_each_named_first(shared: Path, tmp_path: Path) -> None:
    photographs = shared / "collection"
    rows = [json.loads(line) for line in (photographs / "manifest.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["category"] != "animated"]
    chosen = rows[:: len(rows) // HOW_MANY][:HOW_MANY]
    assert len(chosen) == HOW_MANY
    folder, data = tmp_path / "photographs", tmp_path / "data"
    indexed = [row for number, row in enumerate(rows) if number % 4 == 0 or row in chosen]
    for row in indexed:
        (folder / row["file"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(photographs / row["file"], folder / row["file"])
    (folder / "manifest.jsonl").write_text("".join(json.dumps(row) + "\n" for row in indexed), "utf-8")
    printed = await bot_command("index", str(folder), data=data, preloaded=True)
    assert f"{len(indexed)} pictures in the collection" in printed
    async with StandIn() as discord:
        guild = discord.guild()
        channel = discord.channel(guild)
        async with bot_process(discord, data, env=PATIENT, preloaded=True):
            wrong: dict[str, str] = {}
            for number, row in enumerate(chosen):
                person = discord.member(guild, f"person {number}")
                upload = Upload("photo.jpg", reposted(photographs / row["file"]), "image/jpeg")
                reply = await discord.command(person, channel, "identify", image=upload)
                title = " ".join(row["title"].split())
                if reply.answer.embed.get("title") != title:
                    wrong[row["file"]] = reply.answer.text()
            assert not wrong
