"""The tables of a store in PostgreSQL, in a schema of their own.

Reading scales with hot standbys, since only `magpie index` and identifications write. That a file or a picture is not
written twice is seen to by the lock that writers hold, and not by the keys, which hold the picture's number.
"""

from __future__ import annotations

POSTGRES_SCHEMA = "magpie_collection"
POSTGRES_LAYOUT = 4
LEAST_SERVER = 15
LOCK = 7_741_902_311
"""Number of the advisory lock that writers hold, so that two of them never wait for each other's rows."""

_WORDS = """
CREATE TABLE word_tail (picture bigint PRIMARY KEY, words bytea NOT NULL)
    WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
CREATE TABLE word_lists (
    word integer NOT NULL,
    block bigint NOT NULL,
    pictures bytea NOT NULL,
    PRIMARY KEY (word, block)
);
"""

_RATED = "CREATE TABLE rated (image_id text PRIMARY KEY, rating smallint NOT NULL);"
"""Ratings that commands gave to pictures which are gone: should they come back, under whatever name."""

CREATE_TABLES = f"""
CREATE SCHEMA {POSTGRES_SCHEMA};
SET LOCAL search_path = {POSTGRES_SCHEMA}, public;
CREATE TABLE pictures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    image_id text NOT NULL,
    rating smallint NOT NULL,
    aspect smallint NOT NULL,
    size smallint NOT NULL,
    wallpaper smallint NOT NULL,
    colours integer NOT NULL,
    types integer NOT NULL,
    licences integer NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    bytes bigint NOT NULL,
    discovered double precision NOT NULL,
    gallery text NOT NULL,
    grp text NOT NULL,
    copy_code bit(256) NOT NULL,
    looks_code bit(256) NOT NULL,
    copy_words integer[] NOT NULL,
    texts tsvector NOT NULL,
    data text NOT NULL,
    UNIQUE (image_id, id)
);
CREATE INDEX ON pictures (discovered DESC, image_id);
CREATE INDEX ON pictures (rating);
CREATE INDEX ON pictures (grp);
CREATE INDEX ON pictures (gallery);
CREATE INDEX ON pictures USING gin (texts);
CREATE INDEX ON pictures USING gin (copy_words);
CREATE TABLE points (picture bigint PRIMARY KEY, points bytea NOT NULL);
{_WORDS}CREATE TABLE places (
    key text NOT NULL,
    picture bigint NOT NULL,
    size bigint NOT NULL,
    modified bigint NOT NULL,
    stamp text NOT NULL,
    PRIMARY KEY (key, picture)
);
CREATE INDEX ON places (picture);
CREATE INDEX ON places (key text_pattern_ops);
CREATE TABLE tags (tag text NOT NULL, picture bigint NOT NULL, PRIMARY KEY (tag, picture));
CREATE INDEX ON tags (picture);
CREATE TABLE hosts (host text COLLATE "C" NOT NULL, picture bigint NOT NULL, PRIMARY KEY (host, picture));
CREATE INDEX ON hosts (picture);
CREATE TABLE addresses (address text NOT NULL, picture bigint NOT NULL, PRIMARY KEY (address, picture));
CREATE INDEX ON addresses (picture);
CREATE TABLE words (word text PRIMARY KEY, documents integer NOT NULL, written text NOT NULL DEFAULT '');
CREATE TABLE identified (
    day integer NOT NULL,
    image_id text NOT NULL,
    times integer NOT NULL,
    PRIMARY KEY (day, image_id)
);
CREATE TABLE changes (version integer NOT NULL, written bigint NOT NULL, pictures bigint NOT NULL);
INSERT INTO changes VALUES ({POSTGRES_LAYOUT}, 0, 0);
CREATE TABLE tag_counts (tag text PRIMARY KEY, pictures integer NOT NULL);
CREATE TABLE made_with (name text PRIMARY KEY, value text NOT NULL);
{_RATED}
"""

POSTGRES_UPGRADES = {
    1: f"""
SET LOCAL search_path = {POSTGRES_SCHEMA}, public;
ALTER TABLE pictures ADD UNIQUE (image_id, id);
ALTER TABLE pictures DROP CONSTRAINT pictures_image_id_key;
ALTER TABLE places DROP CONSTRAINT places_pkey;
ALTER TABLE places ADD PRIMARY KEY (key, picture);
ALTER TABLE changes ADD COLUMN pictures bigint NOT NULL DEFAULT 0;
UPDATE changes SET pictures = (SELECT count(*) FROM pictures);
CREATE TABLE tag_counts (tag text PRIMARY KEY, pictures integer NOT NULL);
INSERT INTO tag_counts SELECT tag, count(*) FROM tags GROUP BY tag;
CREATE TABLE made_with (name text PRIMARY KEY, value text NOT NULL);
DROP TABLE visual_words;
{_WORDS}""",
    2: f"""
SET LOCAL search_path = {POSTGRES_SCHEMA}, public;
ALTER TABLE words ADD COLUMN written text NOT NULL DEFAULT '';
DROP TEXT SEARCH CONFIGURATION IF EXISTS {POSTGRES_SCHEMA}.words_as_cut;
DROP TEXT SEARCH DICTIONARY IF EXISTS {POSTGRES_SCHEMA}.stems;
""",
    3: f"""
SET LOCAL search_path = {POSTGRES_SCHEMA}, public;
{_RATED}
""",
}
"""By version, what makes the next one of it."""
