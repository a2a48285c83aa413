from __future__ import annotations

import hashlib
from pathlib import Path


def digest(folder: Path) -> str:
    """Return the SHA-256 of a version's folder in canonical form, as hexadecimal.

    For every YAML file in the order of its name: name, length and bytes, with line ends as LF, no byte-order mark and one newline
    at the end; so a checkout on another system has the same digest.
    """
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.name):
        data = _canonical(path.read_bytes())
        total.update(f"{path.name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def _canonical(data: bytes) -> bytes:
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.rstrip(b"\n") + b"\n"
