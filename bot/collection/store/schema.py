"""The tables of a store in SQLite. The layout's version is kept in ``user_version``.

What is searched lies apart from what is only read back: narrow rows keep a search on few pages.
"""

from __future__ import annotations

VERSION = 1

SQLITE = """
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
CREATE TABLE words (word TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE identified (
    day INTEGER NOT NULL,
    image_id TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (day, image_id)
) WITHOUT ROWID;
CREATE TABLE changes (written INTEGER NOT NULL, removed INTEGER NOT NULL);
INSERT INTO changes VALUES (0, 0);
CREATE VIRTUAL TABLE texts USING fts5 (title, tags, body, tokenize = 'porter unicode61 remove_diacritics 0');
"""
