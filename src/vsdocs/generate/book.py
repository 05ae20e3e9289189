"""The looks and habits of every workbook that vsdocs writes: real Tables, words beside colours, text that stays text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from vsdocs.generate.listing import NO_GRADE
from vsdocs.generate.plain import plain

Value = str | int | float | date | None

#: The longest text that a cell may hold.
CELL_LIMIT = 32_767
#: Where every table begins, counted from 0: below its title, its description and an empty line.
HEADER_ROW = 3
_LONG = 255  # characters
_LINE_HEIGHT, _TALLEST_ROW = 15.5, 400.0  # points; Excel allows 409
_PRINTED_WIDTH = 190  # characters across one printed page
_GRADE_COLOURS = {"Gold": "#FFF0B8", "Green": "#D3EBDD", "Amber": "#FFDDC2", "Red": "#F8D3D3", NO_GRADE: "#E4E4E4"}
_MET_COLOURS = {"Not met": "#F8D3D3", "Partly met": "#FFDDC2", "Met": "#D3EBDD", "Cannot tell": "#E4E4E4"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in characters, and what its cells are."""

    heading: str
    width: int
    kind: str = "text"  # text | grade | met | date | number | percent


class Book:
    """A workbook in the making. It is made in memory: temporary files would leave children's data on the disk."""

    def __init__(self, title: str, subject: str, made: date) -> None:
        self._made = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.workbook = workbook = xlsxwriter.Workbook(self._made, options)
        workbook.set_size(2400, 1400)
        workbook.set_properties(
            {
                "title": title,
                "subject": subject,
                "author": "Virtual school, with vsdocs",
                "category": "Internal: special-category personal data",
                "created": datetime.combine(made, time()),
            }
        )
        base = {"font_name": "Arial", "font_size": 12, "valign": "top"}
        workbook.formats[0].set_font_name("Arial")
        workbook.formats[0].set_font_size(12)
        self.title = workbook.add_format(base | {"bold": True, "font_size": 16})
        self.note = workbook.add_format(base)
        self.header = workbook.add_format(base | {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#E7EDEC"})
        self.text = workbook.add_format(base | {"text_wrap": True, "num_format": "@"})
        # Excel shows a long text as #### where the format is Text; the quote prefix keeps it a text when it is edited.
        self.long_text = workbook.add_format(base | {"text_wrap": True, "quote_prefix": True})
        self.number = workbook.add_format(base | {"num_format": "0", "align": "right", "indent": 1})
        self.percent = workbook.add_format(base | {"num_format": "0%", "align": "right", "indent": 1})
        self.date = workbook.add_format(base | {"num_format": "dd/mm/yyyy", "align": "left"})
        self.fills = {
            word: workbook.add_format({"bg_color": colour, "font_color": "#1A1A1A"})
            for word, colour in (_GRADE_COLOURS | _MET_COLOURS).items()
        }

    def data(self) -> bytes:
        """The finished file; nothing can be added after it."""
        self.workbook.close()
        return self._made.getvalue()

    def table(
        self, name: str, about: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, hold: int = 1
    ) -> Worksheet:
        """A sheet with its title, what it holds, and one Table; the header and the first `hold` columns stay in view."""
        sheet = self.workbook.add_worksheet(name)
        sheet.write_string(0, 0, name, self.title)
        sheet.write_string(1, 0, about, self.note)
        count = HEADER_ROW
        for count, row in enumerate(rows, start=HEADER_ROW + 1):
            sheet.set_row(count, _height(columns, row))
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, count, place, column.kind, value)
        last = max(count, HEADER_ROW + 1)
        sheet.add_table(
            HEADER_ROW,
            0,
            last,
            len(columns) - 1,
            {
                "name": name.replace(" ", "_"),
                "style": "Table Style Light 15",
                "columns": [{"header": c.heading, "header_format": self.header} for c in columns],
            },
        )
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            self._colour(sheet, column.kind, place, last)
        sheet.set_row(HEADER_ROW, 2 * _LINE_HEIGHT)
        sheet.freeze_panes(HEADER_ROW + 1, hold)
        _set_page(sheet, sum(column.width for column in columns), hold)
        return sheet

    def _cell(self, sheet: Worksheet, row: int, place: int, kind: str, value: Value) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, place, datetime.combine(value, time()), self.date)
        elif isinstance(value, int | float):
            sheet.write_number(row, place, value, self.percent if kind == "percent" else self.number)
        elif value:
            text = plain(value)[:CELL_LIMIT]
            sheet.write_string(row, place, text, self.text if len(text) < _LONG else self.long_text)

    def _colour(self, sheet: Worksheet, kind: str, place: int, last: int) -> None:
        words = {"grade": _GRADE_COLOURS, "met": _MET_COLOURS}.get(kind, {})
        for word in words:
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.fills[word]}
            sheet.conditional_format(HEADER_ROW + 1, place, last, place, rule)
        if kind == "grade":
            allowed = {"validate": "list", "source": list(_GRADE_COLOURS), "ignore_blank": True}
            sheet.data_validation(HEADER_ROW + 1, place, last, place, allowed)


def _height(columns: Sequence[Column], row: Sequence[Value]) -> float:
    """The height in points that shows the whole row: told to the file, since not every program works it out."""
    lines = (
        sum(1 + len(line) // column.width for line in value.split("\n"))
        for column, value in zip(columns, row, strict=True)
        if isinstance(value, str)
    )
    return min(_LINE_HEIGHT * max(lines, default=1) + 2, _TALLEST_ROW)


def _set_page(sheet: Worksheet, width: int, hold: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1 + width // _PRINTED_WIDTH, 0)
    sheet.repeat_rows(HEADER_ROW)
    if hold:
        sheet.repeat_columns(0, hold - 1)
    sheet.set_footer('&L&"Arial"Internal: special-category personal data&R&"Arial"&A, page &P of &N')
