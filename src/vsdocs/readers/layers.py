"""The layers of a PDF that are switched off: what is on them is in the file and not on the page."""

import io
from functools import cached_property
from typing import Any


class Layers:
    """The layers of one file, looked up when a page has any."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def off(self) -> frozenset[str]:
        """The names of layers that are not shown; none where the file's list of them cannot be read."""
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfparser import PDFParser
        from pdfminer.pdftypes import dict_value, list_value
        from pdfminer.utils import decode_text

        try:
            layers = dict_value(PDFDocument(PDFParser(io.BytesIO(self.data))).catalog.get("OCProperties"))
            shown = dict_value(layers.get("D"))

            def names(found: Any) -> set[str]:
                return {decode_text(dict_value(layer).get("Name", b"")) for layer in list_value(found)}

            off, on = names(shown.get("OFF", [])), names(shown.get("ON", []))
            every = names(layers.get("OCGs", []))
        except Exception:  # whatever the library makes of a broken list: then every layer is read
            return frozenset()
        base = getattr(shown.get("BaseState"), "name", "ON")
        return frozenset(every - on if base == "OFF" else off)
