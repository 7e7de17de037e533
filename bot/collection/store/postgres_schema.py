"""The tables of a store in PostgreSQL, in a schema of their own.

Past one machine: reading scales with replicas, since only `magpie index` and identifications write. With Citus,
distribute ``pictures`` by ``id`` and every other table by ``picture`` (``points``, ``places``, ``tags``, ``hosts``,
``addresses``, ``visual_words``), co-located; make ``words``, ``identified`` and ``changes`` reference tables.
"""

from __future__ import annotations

SCHEMA = "magpie_collection"
VERSION = 1
LEAST_SERVER = 15
LOCK = 7_741_902_311
"""Number of the advisory lock that writers hold, so that two of them never wait for each other's rows."""

TABLES = f"""
CREATE SCHEMA {SCHEMA};
SET LOCAL search_path = {SCHEMA}, public;
CREATE TEXT SEARCH DICTIONARY {SCHEMA}.stems (TEMPLATE = snowball, Language = porter);
CREATE TEXT SEARCH CONFIGURATION {SCHEMA}.words_as_cut (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION {SCHEMA}.words_as_cut
    ALTER MAPPING FOR asciiword, word, numword WITH {SCHEMA}.stems;
CREATE TABLE pictures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    image_id text NOT NULL UNIQUE,
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
    data text NOT NULL
);
CREATE INDEX ON pictures (discovered DESC, image_id);
CREATE INDEX ON pictures (rating);
CREATE INDEX ON pictures (grp);
CREATE INDEX ON pictures (gallery);
CREATE INDEX ON pictures USING gin (texts);
CREATE INDEX ON pictures USING gin (copy_words);
CREATE TABLE points (picture bigint PRIMARY KEY, points bytea NOT NULL);
CREATE TABLE visual_words (word integer NOT NULL, picture bigint NOT NULL, PRIMARY KEY (word, picture));
CREATE INDEX ON visual_words (picture);
CREATE TABLE places (
    key text PRIMARY KEY,
    picture bigint NOT NULL,
    size bigint NOT NULL,
    modified bigint NOT NULL,
    stamp text NOT NULL
);
CREATE INDEX ON places (picture);
CREATE INDEX ON places (key text_pattern_ops);
CREATE TABLE tags (tag text NOT NULL, picture bigint NOT NULL, PRIMARY KEY (tag, picture));
CREATE INDEX ON tags (picture);
CREATE TABLE hosts (host text COLLATE "C" NOT NULL, picture bigint NOT NULL, PRIMARY KEY (host, picture));
CREATE INDEX ON hosts (picture);
CREATE TABLE addresses (address text NOT NULL, picture bigint NOT NULL, PRIMARY KEY (address, picture));
CREATE INDEX ON addresses (picture);
CREATE TABLE words (word text PRIMARY KEY, documents integer NOT NULL);
CREATE TABLE identified (
    day integer NOT NULL,
    image_id text NOT NULL,
    times integer NOT NULL,
    PRIMARY KEY (day, image_id)
);
CREATE TABLE changes (version integer NOT NULL, written bigint NOT NULL);
INSERT INTO changes VALUES ({VERSION}, 0);
"""
