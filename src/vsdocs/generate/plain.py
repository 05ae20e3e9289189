"""Text from documents, made safe to print: nothing that a sheet or a browser would obey or choke on."""

import re

# Control characters but tab and newline, lone surrogates, non-characters, and the bidirectional embeddings and overrides
# that can make a line read as another one. The soft hyphen and joiners stay: scripts need them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\v\f]")


def plain(text: str) -> str:
    """The text without what cannot be printed; every kind of line end is a newline."""
    return _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Plain text on one line, single spaces."""
    return " ".join(plain(text).split())
