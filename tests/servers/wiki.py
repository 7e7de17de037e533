"""A small Wikimedia Commons: Debian's MediaWiki on SQLite with a few drawn pictures."""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from .processes import free_port, running

MEDIAWIKI = Path("/usr/share/mediawiki")

FILES: dict[str, dict[str, Any]] = {
    "Red panda resting.jpg": {
        "size": (1200, 800), "colour": "brown",
        "Artist": '<a href="//commons.wikimedia.org/wiki/User:Ada">Ada Example</a>', "License": "cc-by-sa-4.0",
        "LicenseShortName": "CC BY-SA 4.0", "LicenseUrl": "https://creativecommons.org/licenses/by-sa/4.0",
        "ImageDescription": "A red panda &amp; a tree", "Categories": "Red pandas|Trees",
    },
    "Red panda walking.png": {
        "size": (400, 600), "colour": "red", "Artist": "Bo Example", "License": "cc0", "LicenseShortName": "CC0",
        "AttributionRequired": "false",
    },
    "Red panda tiny.png": {"size": (100, 100), "colour": "orange"},
    "Blue whale.jpg": {"size": (900, 500), "colour": "blue", "License": "pd", "LicenseShortName": "Public domain"},
}  # fmt: skip

SEARCH = r"""<?php
/** The plain search of MediaWiki, which passes over the keywords that Commons' own search engine knows. */
class KeywordSearch extends SearchSqlite {
    private static function plain( $term ) {
        return preg_replace( '/-?\b(deepcat|filetype|filemime|filew|fileh|haslicense):("[^"]*"|\S+)/', '', $term );
    }
    protected function doSearchTextInDB( $term ) {
        return parent::doSearchTextInDB( self::plain( $term ) );
    }
    protected function doSearchTitleInDB( $term ) {
        return parent::doSearchTitleInDB( self::plain( $term ) );
    }
}
"""

SETTINGS = """
$wgEnableUploads = true;
$wgUploadDirectory = '%(folder)s/images';
$wgUploadPath = '/images';
$wgThumbnailScriptPath = '/thumb.php';
$wgJobRunRate = 0;
$wgAutoloadClasses['KeywordSearch'] = '%(folder)s/KeywordSearch.php';
$wgSearchType = 'KeywordSearch';
$wgHooks['GetExtendedMetadata'][] = function ( &$combined, $file ) {
    $known = json_decode( file_get_contents( '%(folder)s/facts.json' ), true );
    foreach ( $known[ $file->getName() ] ?? [] as $name => $value ) {
        $combined[ $name ] = [ 'value' => $value, 'source' => 'commons-desc-page' ];
    }
    return true;
};
"""


@dataclass
class Wiki:
    """A running wiki: its address, and the pictures in it by file name."""

    base: str
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def api(self) -> str:
        return f"{self.base}/api.php"

    def sha1(self, name: str) -> str:
        return hashlib.sha1(self.pictures[name]).hexdigest()


def _php(folder: Path, script: str, *arguments: str) -> None:
    subprocess.run(
        ["php", str(MEDIAWIKI / "maintenance" / script), *arguments],
        check=True, capture_output=True, timeout=120, cwd=folder,
        env={**os.environ, "MW_CONFIG_FILE": str(folder / "LocalSettings.php")},
    )  # fmt: skip


def _draw(folder: Path) -> dict[str, bytes]:
    (folder / "import").mkdir()
    drawn: dict[str, bytes] = {}
    for name, facts in FILES.items():
        picture = Image.new("RGB", facts["size"], "white")
        ImageDraw.Draw(picture).ellipse((5, 5, facts["size"][0] - 5, facts["size"][1] - 5), facts["colour"])
        path = folder / "import" / name
        picture.save(path)
        drawn[name] = path.read_bytes()
    return drawn


@contextmanager
def running_wiki(folder: Path) -> Iterator[Wiki]:
    """Install a wiki into the folder, put the pictures in, and run it until the block ends."""
    port = free_port()
    wiki = Wiki(f"http://127.0.0.1:{port}")
    (folder / "data").mkdir()
    (folder / "images").mkdir()
    subprocess.run(
        [
            "php", str(MEDIAWIKI / "maintenance" / "install.php"), "--dbtype", "sqlite", "--dbpath",
            str(folder / "data"), "--dbname", "wiki", "--confpath", str(folder), "--server", wiki.base,
            "--scriptpath", "", "--pass", "a-long-test-password", "LocalCommons", "Admin",
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    wiki.pictures = _draw(folder)
    shown = {
        name.replace(" ", "_"): {key: value for key, value in facts.items() if key[0].isupper()}
        for name, facts in FILES.items()
    }
    (folder / "facts.json").write_text(json.dumps(shown))
    (folder / "KeywordSearch.php").write_text(SEARCH)
    with (folder / "LocalSettings.php").open("a") as settings:
        settings.write(SETTINGS % {"folder": folder})
    _php(folder, "importImages.php", "--user", "Admin", "--comment", "drawn for a test", str(folder / "import"))
    _php(folder, "rebuildtextindex.php")
    command = ["php", "-S", f"127.0.0.1:{port}", "-t", str(MEDIAWIKI)]
    env = {"MW_CONFIG_FILE": str(folder / "LocalSettings.php")}
    with running(command, f"{wiki.api}?action=query&meta=siteinfo&format=json", folder / "php.log", env):
        yield wiki
