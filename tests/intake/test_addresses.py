import errno
import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bing_v7 import PictureRefused
from bot.intake.addresses import PrivateAddress, checked_address, guarded_socket, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "239.1.1.1", "192.0.0.8", "192.88.99.1", "198.18.0.1", "240.0.0.1",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "ff02::1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2001::1", "2002:7f00:1::", "fec0::1",
        "2001:db8::1", "", "localhost", "2130706433", "127.1", "0x7f.0.0.1",
    ],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "::ffff:8.8.8.8", "2606:4700:4700::1111", "93.184.216.34"])
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_nothing_becomes_public_by_being_written_as_ipv6(address: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    assert not is_public(f"64:ff9b::{address}")
    assert not is_public(f"::{address}")


@given(st.one_of(*(st.ip_addresses(network=network) for network in
                   ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "224.0.0.0/4",
                    "fc00::/7", "fe80::/10", "ff00::/8"))))  # fmt: skip
def test_no_socket_for_a_private_address(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with pytest.raises(PrivateAddress) as refused:
        guarded_socket((family, socket.SOCK_STREAM, 0, "", (str(address), 80)))
    assert refused.value.errno == errno.EACCES


def test_a_socket_for_a_public_address() -> None:
    with guarded_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 443))) as made:
        assert made.family == socket.AF_INET


@pytest.mark.parametrize(
    "address",
    [
        "", "   ", "cat.png", "ftp://example.org/a.png", "file:///etc/passwd", "data:image/png;base64,AA==",
        "magpie:picture/1", "https://", "https://user@example.org/", "https://user:secret@example.org/a.png",
        "https://example.org:8443/a.png", "https://example.org:0/", "http://127.0.0.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/a", "http://0.0.0.0/", "http://169.254.169.254/latest",
        "https://example.org/" + "a" * 2048, "http://[::1", "http://example.org:port/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused_as_text(address: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        checked_address(address)
    assert refused.value.why == "unsafe-address"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://example.org/a.png", "https://example.org/a.png"),
        (" <http://example.org/a.png#top> ", "http://example.org/a.png"),
        ("https://example.org:443/ä b.png", "https://example.org/%C3%A4%20b.png"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ],
)
def test_addresses_that_may_be_tried(typed: str, read: str) -> None:
    assert str(checked_address(typed)) == read
