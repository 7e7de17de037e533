"""The tables of a store in SQLite. Their version is in ``user_version``; older layouts are brought up to date.

What is searched lies apart from what is only read back: narrow rows keep a search on few pages.
"""

from __future__ import annotations

SQLITE_LAYOUT = 5
APPLICATION = 0x4D61_6770
"""SQLite's ``application_id`` of an index ("Magp"), so that no other database is taken for one; 0 in layout 1."""

FIRST_CODEBOOK = "707e58d000ecd5a3"
"""The visual words of layout 1, which did not say which they were."""

TEXTS = """
CREATE VIRTUAL TABLE texts USING fts5 (
    title, tags, body, near, far, author, tokenize = 'unicode61 remove_diacritics 0'
);
"""
"""What is searched by words; see `Texts` for the columns."""

_RATED = "CREATE TABLE rated (image_id TEXT PRIMARY KEY, rating INTEGER NOT NULL) WITHOUT ROWID;"
"""Ratings that commands gave to pictures which are gone: should they come back, under whatever name."""

SQLITE = (
    """
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    image_id TEXT NOT NULL UNIQUE,
    rating INTEGER NOT NULL,
    aspect INTEGER NOT NULL,
    size INTEGER NOT NULL,
    wallpaper INTEGER NOT NULL,
    colours INTEGER NOT NULL,
    types INTEGER NOT NULL,
    licences INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    discovered REAL NOT NULL,
    gallery TEXT NOT NULL,
    grp TEXT NOT NULL
);
CREATE INDEX pictures_by_age ON pictures (discovered DESC, image_id);
CREATE INDEX pictures_by_rating ON pictures (rating);
CREATE INDEX pictures_by_group ON pictures (grp);
CREATE INDEX pictures_by_gallery ON pictures (gallery);
CREATE TABLE details (picture INTEGER PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE codes (
    picture INTEGER PRIMARY KEY,
    copy_code BLOB NOT NULL,
    looks_code BLOB NOT NULL,
    words BLOB NOT NULL
);
CREATE TABLE points (picture INTEGER PRIMARY KEY, points BLOB NOT NULL);
CREATE TABLE places (
    key TEXT PRIMARY KEY,
    picture INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    stamp TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX places_by_picture ON places (picture);
CREATE TABLE tags (tag TEXT NOT NULL, picture INTEGER NOT NULL, PRIMARY KEY (tag, picture)) WITHOUT ROWID;
CREATE INDEX tags_by_picture ON tags (picture);
CREATE TABLE hosts (host TEXT NOT NULL, picture INTEGER NOT NULL, PRIMARY KEY (host, picture)) WITHOUT ROWID;
CREATE INDEX hosts_by_picture ON hosts (picture);
CREATE TABLE addresses (address TEXT NOT NULL, picture INTEGER NOT NULL, PRIMARY KEY (address, picture)) WITHOUT ROWID;
CREATE INDEX addresses_by_picture ON addresses (picture);
CREATE TABLE words (
    word TEXT PRIMARY KEY,
    documents INTEGER NOT NULL,
    written TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE identified (
    day INTEGER NOT NULL,
    image_id TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (day, image_id)
) WITHOUT ROWID;
CREATE TABLE changes (written INTEGER NOT NULL, removed INTEGER NOT NULL, pictures INTEGER NOT NULL);
INSERT INTO changes VALUES (0, 0, 0);
CREATE TABLE tag_counts (tag TEXT PRIMARY KEY, pictures INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE made_with (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
    + _RATED
    + TEXTS
)

SQLITE_UPGRADES = {
    1: f"""
ALTER TABLE changes ADD COLUMN pictures INTEGER NOT NULL DEFAULT 0;
UPDATE changes SET pictures = (SELECT count(*) FROM pictures);
CREATE TABLE tag_counts (tag TEXT PRIMARY KEY, pictures INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tag_counts SELECT tag, count(*) FROM tags GROUP BY tag;
CREATE TABLE made_with (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO made_with VALUES ('codebook', '{FIRST_CODEBOOK}');
""",
    2: f"""
ALTER TABLE words ADD COLUMN written TEXT NOT NULL DEFAULT '';
DROP TABLE texts;
{TEXTS}""",
    3: f"""
DROP TABLE texts;
{TEXTS}
DELETE FROM made_with WHERE name = 'words';
""",
    4: _RATED,
}
"""By version, what makes the next one of it."""
