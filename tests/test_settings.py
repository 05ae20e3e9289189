"""vsdocs.toml: who writes, how it looks and to whom; every slip with its line, its column and what to do."""

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from vsdocs import settings
from vsdocs.errors import ExitCode, PackError


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "navy").save(data, kind)
    return data.getvalue()


def written(folder: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "vsdocs.toml").write_bytes(data)
    return folder


def slips(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(PackError) as caught:
        settings.load(written(folder, text))
    assert caught.value.exit_code is ExitCode.BAD_PACK
    assert caught.value.advice
    return caught.value.message.splitlines()


TERM = '[[term]]\nname = "Autumn"\nbegins = 2026-09-03\nends = 2026-12-18'
FULL = """\
[authority]
name = "Brightwater Council"
address = ["1 High Street", "Brightwater"]
telephone = "01632 960671"
email = "virtual.school@brightwater.example"

[look]
logo = "pictures/logo.png"
logo_says = "Brightwater"
signature = "pictures/signature.jpg"
colour = "#004433"
templates = "our-templates"

[post]
domains = [".sch.uk"]
practice = "me@brightwater.example"

[[term]]
name = "Autumn 2026"
begins = 2026-09-03
ends = 2026-12-18
half_term = [2026-10-26, 2026-10-30]

[[term]]
name = "Spring 2027"
begins = "2027-01-05"
ends = "2027-03-25"
"""


def test_everything_that_may_stand_there_is_read(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "our-templates").mkdir()
    (tmp_path / "pictures" / "logo.png").write_bytes(picture())
    (tmp_path / "pictures" / "signature.jpg").write_bytes(picture("JPEG"))
    for text in (FULL.encode(), b"\xef\xbb\xbf" + FULL.encode(), FULL.replace("\n", "\r\n").encode()):
        told = settings.load(written(tmp_path, text))
        assert told.authority.address == ("1 High Street", "Brightwater")
        assert told.look.logo == tmp_path / "pictures" / "logo.png"
        assert told.post.practice == "me@brightwater.example"
        assert told.post.domains == (".sch.uk",)
        assert [term.name for term in told.term] == ["Autumn 2026", "Spring 2027"]
        assert told.term[0].half_term == (date(2026, 10, 26), date(2026, 10, 30))
        assert told.term[1].begins == date(2027, 1, 5)


def test_without_a_file_everything_is_as_it_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "nowhere")
    assert settings.load(tmp_path) == settings.Settings()
    assert settings.load(written(tmp_path, "")) == settings.Settings()


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ('[authority]\nnmae = "x"', "2:1", "'nmae' is not a key here (did you mean 'name'?)"),
        ('[athority]\nname = "x"', "1:1", "did you mean 'authority'?"),
        ('name = "x"', "1:1", "'name' is not a key here"),
        ("[authority]\n\nname = 3", "3:1", "a text in quotes stands here"),
        ('[authority]\nname = " "', "2:1", "nothing stands between the quotes"),
        (
            '[authority]\naddress = "1 High Street, Brightwater"',
            "2:1",
            'a list stands here, each text in quotes: ["1 High',
        ),
        ('[authority]\naddress = ["1 High Street\\nBrightwater"]', "2:1", "more than one line"),
        ('[authority]\ntelephone = """01632\n960671"""', "2:1", "more than one line"),
        ('[authority]\n  email = "a@b.example, c@d.example"', "2:3", "is not one e-mail address"),
        ('[authority]\nemail = "a@b.example; c@d.example"', "2:1", "is not one e-mail address"),
        ('[authority]\nemail = "a@b.example\\nBcc: c@d.example"', "2:1", "more than one line"),
        ('[authority]\nemail = "Anna <a@b.example>"', "2:1", "is not one e-mail address"),
        ('[post]\npractice = "me@b.example, you@b.example"', "2:1", "is not one e-mail address"),
        ('[post]\ndomains = ".sch.uk"', "2:1", "a list stands here"),
        ("[post]\ndomains = [1]", "2:1", "a text in quotes stands here"),
        ('[look]\ncolour = "blue"', "2:1", 'a colour is a # and six figures or letters A to F, in quotes: "#1F3A5F"'),
        ("[look]\ncolour = 123456", "2:1", "a colour is a #"),
        ('[look]\ncolour = "#FFEE00"', "2:1", "too pale to be read on white paper"),
        ('[look]\nlogo = "logo.png"', "2:1", "logo.png is not there; paths begin beside this file"),
        ('[look]\nlogo = "."', "2:1", "is not there"),
        ('[look]\ntemplates = "ours"', "2:1", "`vsdocs templates copy` makes it"),
        ('[look]\ntemplates = "vsdocs.toml"', "2:1", "is a file: name the folder"),
        ('look = "blue"', "1:1", "write [look] on a line of its own"),
        ('[[look]]\ncolour = "#000000"', "1:1", "write [look] on a line of its own"),
        ('[term]\nname = "Autumn"', "1:1", "write [[term]], with two brackets"),
        (f"{TERM}\nhalfterm = []", "5:1", "did you mean 'half_term'?"),
        (f"{TERM}\nhalf_term = [2026-10-26]", "5:1", "two days stand here, the first and the last"),
        (f"{TERM}\nhalf_term = [2026-12-14, 2026-12-20]", "1:1", "half_term does not lie inside it"),
        (f"{TERM}\nhalf_term = [2026-10-30, 2026-10-26]", "1:1", "its last day comes before its first"),
        ('[[term]]\nname = "A"\nbegins = 2026-09-03\nends = 2026-09-03', "1:1", "one of the two cannot be right"),
        ('[[term]]\nname = "A"\nbegins = 2026-09-03\nends = 2027-12-18', "1:1", "one of the two cannot be right"),
        ('[[term]]\nname = "A"\nbegins = 1926-09-03\nends = 2026-12-18', "3:1", "the wrong century?"),
        ('[[term]]\nname = "A"\nbegins = "3 September"\nends = 2026-12-18', "3:1", "a day stands here: 2026-09-03"),
        ('[[term]]\nname = "A"\nbegins = 2026-09-03T09:00:00\nends = 2026-12-18', "3:1", "a day stands here"),
        ('[[term]]\nname = "A"\nbegins = 2026-09-03', "1:1", "'ends' is missing here"),
        (
            f'{TERM}\n[[term]]\nname = "B"\nbegins = 2026-12-18\nends = 2027-03-25',
            "7:1",
            "B begins before Autumn has ended",
        ),
        (
            f'{TERM}\n[[term]]\nname = "autumn"\nbegins = 2027-01-05\nends = 2027-03-25',
            "6:1",
            "another term called autumn",
        ),
        ("[authority]\nname = Brightwater", "2:8", "Invalid value"),
        ('[look]\nlogo = "C:\\Users\\logo.png"', "2:", ""),
        ('[authority]\nname = "a"\nname = "b"', "3:", ""),
        ('[authority]\nname = "a', "2:", ""),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, text: str, place: str, told: str) -> None:
    [slip] = slips(tmp_path, text)
    assert slip.startswith(f"vsdocs.toml:{place}")
    assert told in slip
    assert "regex" not in slip
    assert "pattern" not in slip


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    assert len(slips(tmp_path, '[authority]\nname = 1\nemail = "x"\n[look]\ncolour = "red"\n[pots]\n')) == 4


@pytest.mark.parametrize("data", [FULL.encode("utf-16"), '[authority]\nname = "Môn"'.encode("latin-1")])
def test_another_encoding_is_told(tmp_path: Path, data: bytes) -> None:
    assert "cannot be read as UTF-8" in slips(tmp_path, data)[0]


def damaged(kind: str) -> bytes:
    whole = Image.effect_noise((60, 60), 80)
    data = io.BytesIO()
    whole.save(data, kind)
    return data.getvalue()[: len(data.getvalue()) // 2]


def bomb() -> bytes:
    """A picture of 400 million dots in few bytes."""
    data = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no PNG or JPEG picture"),
        (b"<svg/>", "no PNG or JPEG picture"),
        (picture("GIF"), "no PNG or JPEG picture"),
        (picture("BMP"), "no PNG or JPEG picture"),
        (damaged("PNG"), "damaged"),
        (damaged("JPEG"), "damaged"),
        (bomb(), "at most 40 million dots"),
        (picture() + bytes(5_000_000), "bigger than 5 MB"),
    ],
    ids=["empty", "svg", "gif", "bmp", "half a png", "half a jpeg", "bomb", "big"],
)
def test_a_bad_picture_is_told_when_the_settings_are_read(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "logo.png").write_bytes(data)
    [slip] = slips(tmp_path, '[look]\ncolour = "#004433"\nlogo = "logo.png"')
    assert slip.startswith("vsdocs.toml:3:1: logo.png ")
    assert told in slip


def test_a_folder_of_ones_own_may_hold_some_of_the_templates(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "feedback.yaml").write_text("x", encoding="utf-8")
    told = settings.load(written(tmp_path, '[look]\ntemplates = "ours"'))
    assert told.template("feedback.yaml") == tmp_path / "ours" / "feedback.yaml"
    assert told.template("feedback.docx") == settings.data_folder("templates") / "feedback.docx"
