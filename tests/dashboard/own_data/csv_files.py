"""Files as learners bring them: name, bytes, and what is said. `GOOD` files can be learned from."""

import gzip
import json
from typing import NamedTuple

from nnjax.data.own_example import example_csv

NUMBERS = [f"{i % 7},{i * 0.5},{'a' if i % 3 else 'b'}" for i in range(20)]


def table(header, rows=NUMBERS, end="\n"):
    return end.join([header, *rows]).encode() + end.encode()


PLAIN = table("x,y,class")


class Bad(NamedTuple):
    """A file that is refused, with the start of its sentence."""

    name: str
    data: bytes
    sentence: str


class Good(NamedTuple):
    """A file that is used: its inputs, and a part of what is said to have been done."""

    name: str
    data: bytes
    inputs: tuple[str, ...]
    note: str = ""


def column(values, name="x"):
    """Return a good table with one column replaced."""
    rows = [f'"{value}",{i},{"a" if i % 3 else "b"}' for i, value in enumerate(values)]
    return table(f"{name},y,class", rows)


BAD = (
    Bad("empty", b"", "The file is empty."),
    Bad("one byte", b"x", "There is one column only"),
    Bad("whitespace", b" \n\t \r\n  ", "The file is empty."),
    Bad("byte order mark alone", b"\xef\xbb\xbf", "The file is empty."),
    Bad("only separators", b",,,\n,,,\n" * 20, "The file is empty: it holds nothing but"),
    Bad("PNG image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is a PNG image"),
    Bad("JPEG image", b"\xff\xd8\xff\xe0" + bytes(100), "This is a JPEG image"),
    Bad("PDF", b"%PDF-1.7\n%\xe2\xe3", "This is a PDF document"),
    Bad("renamed Excel workbook", b"PK\x03\x04\x14\x00\x06\x00", "This is an Excel workbook"),
    Bad("old Excel workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel"),
    Bad("gzip", gzip.compress(PLAIN), "This is a gzip archive"),
    Bad("Parquet", b"PAR1\x15\x04", "This is a Parquet file"),
    Bad("NumPy file", b"\x93NUMPY\x01\x00v\x00" + bytes(64), "The file holds zero bytes"),
    Bad("zero bytes inside", PLAIN.replace(b"a", b"\0", 1), "The file holds zero bytes"),
    Bad("control characters", bytes([1, 2, 3, 4]) * 50, "The file is full of control characters"),
    Bad("UTF-16", "x,y\n1,2\n".encode("utf-16"), "The file is encoded as UTF-16"),
    Bad("UTF-16 without a mark", "x,y\n1,2\n".encode("utf-16-le"), "The file holds zero bytes"),
    Bad("Latin-1", table("größe,y,class").decode().encode("latin-1"), "Line 1 holds a byte"),
    Bad("Latin-1 below", PLAIN + "1,2,é\n".encode("latin-1"), "Line 22 holds a byte"),
    Bad("JSON of objects", json.dumps([{"x": 1}]).encode(), "This is a JSON file"),
    Bad("JSON object", b'{"x": [1, 2], "y": [3, 4]}', "This is a JSON file"),
    Bad("web page", b"\n<!DOCTYPE html><html><body>1,2", "This is a web page"),
    Bad("XML", b"<?xml version='1.0'?><a/>", "This is a web page or another XML"),
    Bad("one column", table("x", [str(i) for i in range(20)]), "There is one column only"),
    Bad("prose", b"Dear reader\nthis is a letter\n" * 10, "There is one column only"),
    Bad("header only", b"x,y,class\n", "The file has no rows"),
    Bad("one row", table("x,y,class", ["1,2,a"]), "The file has one row only"),
    Bad("nine rows", table("x,y,class", NUMBERS[:9]), "The file has 9 rows only"),
    Bad("all missing", table("x,y", [f"NA,{'?' if i % 2 else ''}" for i in range(20)]), "“y” can"),
    Bad("10 000 columns", table(",".join(f"c{i}" for i in range(10_000))), "The first line has 10"),
    Bad("11 000 rows", table("x,y", ["1,2"] * 11_000), "The file has more than 10,000 rows"),
    Bad("50 MB", b"1,2,3\n" * 8_500_000, "The file has 51.0 MB"),
    Bad("quote never closed", PLAIN.replace(b"0.5", b'"0.5', 1), "A quotation mark that open"),
    Bad("text after a quote", PLAIN.replace(b"0.5", b'"0"5', 1), "Line 3: a quoted cell goes on"),
    Bad("a row too long", PLAIN + b"1,2,a,4\n", "Line 22 has 4 cells, but the first line has 3"),
    Bad("a row too short", PLAIN + b"1,2\n" + PLAIN, "Line 22 has 2 cells, but the first"),
    Bad("separators mixed", PLAIN + b"1;2;a\n", "Line 22 has one cell, but the first line"),
    Bad("a huge cell", PLAIN + b"1,2," + b"z" * 200_000 + b"\n", "A cell from line 22 on"),
    Bad("one class", table("x,class", [f"{w},same" for w in "abcdefghijkl"]), "“class” cannot be"),
    Bad("constant", table("x,y", ["1,2"] * 20), "“y” cannot be predicted: it is the same in every"),
    Bad("target mostly missing", table("x,y", ["u,"] * 18 + ["u,1", "u,2"]), "“y” cannot be predi"),
    Bad("names only", table("id,name", [f"{'abcdef'[i % 6]}{i},n{i}" for i in range(20)]),
        "“name” cannot be predicted: it holds 20 different texts"),
    Bad("nothing to learn from", table("x,y", [f"n{i},{i % 2}" for i in range(20)]),
        "No column is left to predict “y” from"),
)  # fmt: skip

XY = ("x", "y")
WORDS = [("red", "green")[i % 2] for i in range(20)]
GOOD = (
    Good("the example", example_csv().encode(), ("temperature_c", "wind_km_h", "sky = cloudy",
         "sky = rain", "sky = sunny")),
    Good("plain", PLAIN, XY),
    Good("byte order mark", b"\xef\xbb\xbf" + PLAIN, XY),
    Good("Windows line ends", table("x,y,class", end="\r\n"), XY),
    Good("old Mac line ends", table("x,y,class", end="\r"), XY),
    Good("semicolons", PLAIN.replace(b",", b";"), XY, "separated by a semicolon"),
    Good("tabs", PLAIN.replace(b",", b"\t"), XY, "separated by a tab"),
    Good("decimal commas", PLAIN.replace(b",", b";").replace(b".", b","), XY, "semicolon"),
    Good("thousands", column(f"{i + 1},250" for i in range(20)), XY),
    Good("blank lines", PLAIN.replace(b"\n", b"\n\n"), XY),
    Good("trailing separators", PLAIN.replace(b"\n", b",\n"), XY),
    Good("trailing below only", PLAIN.replace(b"\n", b",\n").replace(b",\n", b"\n", 1), XY),
    Good("comment lines", b"# made in June\n# by hand, at night\n" + PLAIN, XY, "2 comment lines"),
    Good("no header", PLAIN.split(b"\n", 1)[1].replace(b"0,0.0", b"0.0,0.0", 1),
         ("column 1", "column 2"), "The first line holds numbers"),
    Good("repeated names", table("x,x,class"), ("x", "x (2)"), "Several columns are called “x”"),
    Good("empty names", table(",y,class"), ("column 1", "y"), "without a name were numbered"),
    Good("infinities", column(["inf", *range(19)]), XY, "beyond 1e100 count as missing: 1."),
    Good("1e308", column(["1e308", "-1e308", *range(18)]), XY, "beyond 1e100 count as missing: 2."),
    Good("huge integers", column(10**30 + i * 10**28 for i in range(20)), XY),
    Good("seconds since 1970", column(1_600_000_000 + i for i in range(20)), XY),
    Good("dates", column(f"2026-01-{i + 1:02d}" for i in range(20)), XY),
    Good("booleans", column(["true", "false"] * 10), ("x = true", "y")),
    Good("words", column(WORDS), ("x = red", "y")),
    Good("only words", table("x,y", [f"{w},{'up' if i % 3 else 'down'}"
         for i, w in enumerate(WORDS)]), ("x = red",)),
    Good("a constant column", column([5] * 20), ("y",)),
    Good("an empty column", column([""] * 20), ("y",)),
    Good("identifiers", column(f"person {i}" for i in range(20)), ("y",)),
    Good("row numbers", column(range(1, 21), name="id"), ("y",)),
    Good("a word among numbers", column([*range(19), "lost"]), XY,
         "not numbers count as missing: 1, such as “lost”"),
    Good("too many classes", table("y,x,name", [f"{i % 2},{i},n{i}" for i in range(20)]),
         ("y",), "The last column cannot be predicted, so “x” was chosen"),
    Good("target partly missing", PLAIN + b"1,2,\n3,4,NA\n", XY),
    Good("a formula", column(["=1+1", "=cmd|' /C calc'!A0"] * 10), ("x = =cmd|' /C calc'!A0", "y")),
    Good("HTML in a name", table("<img src=x onerror=alert(1)>,y,class"),
         ("<img src=x onerror=alert(1)>", "y")),
    Good("Markdown in a name", table("[x](javascript:alert(1)),**y**,class"),
         ("[x](javascript:alert(1))", "**y**")),
    Good("emoji in a name", table("🌡️,y,class"), ("🌡️", "y")),
    Good("right to left", table("\u202eמחיר,y,class"), ("מחיר", "y")),
    Good("a long name", table("n" * 5000 + ",y,class"), ("n" * 39 + "…", "y")),
    Good("long cells", column(["z" * 100_000, "short"] * 10), ("x = " + "z" * 39 + "…", "y")),
    Good("quoted newlines", column(["two\nlines", "one"] * 10), ("x = two lines", "y")),
    Good("spaces around", PLAIN.replace(b",", b" , "), XY),
)  # fmt: skip
