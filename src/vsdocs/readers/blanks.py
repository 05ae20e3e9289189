"""What a system prints in pale letters where nothing was entered: it is an answer, though it looks like a label."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vsdocs.readers.lines import lines_on, segments
from vsdocs.readers.page import Page

MANY = 2  # times that a document says so: once may be a label or a remark

_NOTHING = re.compile(r"(?:no|not|none|nothing)(?: [a-z]+){1,4}", re.IGNORECASE)


def plain_blanks(pages: Sequence[Page]) -> None:
    """Sets words such as 'Not recorded' plainly that stand by themselves, again and again, in grey or italics."""
    parts = [
        (page, part.words)
        for page in pages
        for line in lines_on(page)
        for part in segments(line)
        if all(word.grey or word.italic for word in part.words) and _NOTHING.fullmatch(part.text)
    ]
    counted = Counter(" ".join(word.text for word in words) for _, words in parts)
    for page, words in parts:
        if counted[" ".join(word.text for word in words)] >= MANY:
            gone = set(map(id, words))
            page.words = [replace(w, grey=False, italic=False) if id(w) in gone else w for w in page.words]
