"""Debian's searx on loopback, with engines that ask a local stand-in for a picture service."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from .processes import free_port, running

RUNNER = Path("/usr/bin/searx-run")
PER_PAGE = 20
EMPTY = ("nothing", "bird")
"""Words for which the picture service has nothing."""
TOTAL = 45

SHARED = "/usr/share/python3-searx"


def _engine(name: str, upstream: str, *, safesearch: bool = False) -> dict[str, object]:
    kind = name.partition(" ")[0]
    return {
        "name": name, "engine": "openverse", "shortcut": kind[:3], "base_url": f"{upstream}/{kind}/",
        "safesearch": safesearch, "enable_http": True,
    }  # fmt: skip


def _settings(port: int, upstream: str) -> dict[str, object]:
    """Return searx's settings; written as JSON they are YAML too."""
    places = ("git_url", "git_branch", "issue_url", "docs_url", "public_instances", "wiki_url", "twitter_url")
    return {
        "general": {"debug": False, "instance_name": "test", "contact_url": False, "enable_stats": False},
        "brand": dict.fromkeys(places, ""),
        "search": {
            "safe_search": 0, "autocomplete": "", "default_lang": "", "ban_time_on_fail": 0,
            "max_ban_time_on_fail": 0, "prefer_configured_language": False, "formats": ["html", "json"],
        },
        "server": {
            "port": port, "bind_address": "127.0.0.1", "secret_key": "only-for-a-test", "base_url": False,
            "image_proxy": False, "http_protocol_version": "1.1", "method": "GET", "default_http_headers": {},
        },
        "ui": {
            "autofocus": False, "archive_today": False, "static_path": f"{SHARED}/static",
            "templates_path": f"{SHARED}/templates", "default_theme": "oscar", "default_locale": "",
            "theme_args": {"oscar_style": "logicodev"},
        },
        "outgoing": {
            "request_timeout": 3.0, "useragent_suffix": "", "pool_connections": 10, "pool_maxsize": 10,
        },
        "engines": [
            _engine("safe local", upstream, safesearch=True),
            _engine("loose local", upstream),
            _engine("dead local", upstream, safesearch=True),
        ],
        "locales": {"en": "English"},
        "doi_resolvers": {"doi.example": "https://doi.example/"},
        "default_doi_resolver": "doi.example",
    }  # fmt: skip


class _Service(BaseHTTPRequestHandler):
    """Answers as a picture service: the engine's name is the first part of the path."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        engine = address.path.strip("/").partition("/")[0]
        asked = parse_qs(address.query)
        words, page = asked.get("q", [""])[0], int(asked.get("page", ["1"])[0])
        if engine == "dead":
            self.send_error(500)
            return
        numbers = range((page - 1) * PER_PAGE, min(page * PER_PAGE, TOTAL)) if words not in EMPTY else range(0)
        results = [
            {
                "title": f"{engine} {words} {number}",
                "url": f"https://pics.example/{engine}/{number}.jpg",
                "foreign_landing_url": f"https://pages.example/{engine}/{number}",
            }
            for number in numbers
        ]
        body = json.dumps({"results": results}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
        """Say nothing."""


@contextmanager
def running_searx(folder: Path) -> Iterator[str]:
    """Run searx and its picture service until the block ends; yields searx's address."""
    service = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=service.serve_forever, daemon=True)
    thread.start()
    port = free_port()
    settings = folder / "settings.yml"
    settings.write_text(json.dumps(_settings(port, f"http://127.0.0.1:{service.server_port}")))
    env = {"SEARX_SETTINGS_PATH": str(settings), "SEARXNG_SETTINGS_PATH": str(settings)}
    base = f"http://127.0.0.1:{port}"
    try:
        with running([str(RUNNER)], f"{base}/config", folder / "searx.log", env):
            yield base
    finally:
        service.shutdown()
        service.server_close()
        thread.join(5)
