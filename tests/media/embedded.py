"""What files say of themselves, as it stands in them: packets of XMP, and IPTC in a segment of a JPEG."""

import struct

SPACES = (
    "xmlns:x='adobe:ns:meta/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/' "
    "xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' xmlns:cc='http://creativecommons.org/ns#'"
)


def xmp_packet(body: str = "", attributes: str = "") -> bytes:
    """A packet of XMP that describes one picture."""
    return (
        f"<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta {SPACES}><rdf:RDF>"
        f"<rdf:Description rdf:about='' {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>"
        f"{' ' * 200}<?xpacket end='w'?>"
    ).encode()


def alternatives(name: str, **texts: str) -> str:
    """A property in several languages, in the order given."""
    items = "".join(f"<rdf:li xml:lang='{lang.replace('_', '-')}'>{text}</rdf:li>" for lang, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def iptc_segment(*entries: tuple[int, int, bytes]) -> bytes:
    """The segment of a JPEG with IPTC's entries: record, number and text of each."""
    body = b"".join(
        b"\x1c" + bytes([record, number]) + struct.pack(">H", len(text)) + text for record, number, text in entries
    )
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
