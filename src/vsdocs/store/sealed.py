"""What a document gave, as JSON text that carries its own checksum: a byte that has changed on the disk is never read as data.

The checksum is the object's first member, so the text stays JSON that a database can look into. Text without one (older
stores, parts of an object) is read as it is.
"""

import json
import re
import zlib
from typing import Any

from vsdocs.errors import StoreError
from vsdocs.store.faults import DAMAGED

_SEAL = re.compile(r'\{"[^"]":"([^"]{8})",?')  # any letter: the mark itself may be what has changed


def dumps(value: Any) -> str:
    text = json.dumps(value, separators=(",", ":"))
    if not isinstance(value, dict):
        return text
    rest = text[1:]
    return f'{{"~":"{_sum(rest)}"{"," if value else ""}{rest}'


def loads(text: str | bytes) -> Any:
    if isinstance(text, bytes):
        text = text.decode()
    sealed = _SEAL.match(text)
    try:
        if sealed is None:
            return json.loads(text)
        rest = text[sealed.end() :]
        if _sum(rest) == sealed[1]:
            return json.loads("{" + rest)
    except ValueError:
        pass
    raise StoreError(*DAMAGED)


def _sum(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
