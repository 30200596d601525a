"""From the bytes of a file to cells of text: bounded, and one sentence for whatever is wrong."""

import csv
import io
import re
from dataclasses import dataclass

from dashboard.address import quote
from nnjax.data.columns import MIN_ROWS, TableError, unique_names

MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 5_000_000, 10_000, 100
MAX_NAME = 40
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
KINDS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "an Excel workbook or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or another Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
)
MARKUP = ("<!doctype", "<html", "<?xml", "<svg")


@dataclass(frozen=True)
class Cells:
    """A file as text: a name for each column, its cells, and what was done to get there."""

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    delimiter: str
    notes: tuple[str, ...]


def read_cells(data: bytes) -> Cells:
    """Return the cells of a CSV file.

    Raises:
        TableError: it is no CSV file, or too large, or too small; the message is one sentence.
    """
    text = _decode(data)
    delimiter = _guess_delimiter(text)
    numbered = _read_rows(text, delimiter)
    notes = [] if delimiter == "," else [f"The columns are separated by a {DELIMITERS[delimiter]}."]
    numbered = _skip_comments(numbered, notes)
    header, numbered = _take_header(numbered, notes)
    width = len(header)
    _check_size(header, numbered)
    rows = [_fit_row(line, row, width) for line, row in numbered]
    names = _clean_names(header, notes)
    return Cells(names, tuple(zip(*rows, strict=True)), delimiter, tuple(notes))


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise TableError(
            f"The file has {len(data) / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:g} MB are read."
        )
    for start, kind in KINDS:
        if data.startswith(start):
            raise TableError(f"This is {kind}, not a CSV file; export the table as “CSV UTF-8”.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError("The file is encoded as UTF-16; save it as “CSV UTF-8”.")
    if b"\0" in data:
        raise TableError("The file holds zero bytes, so it is not plain text; save it as a CSV.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TableError(
            f"Line {line:,} holds a byte that is not UTF-8 (hexadecimal {data[error.start]:02X}); "
            "save the file as “CSV UTF-8”."
        ) from None
    _check_text(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_text(text: str) -> None:
    start = text[:100].strip().casefold()
    if not start and not text.strip():
        raise TableError("The file is empty.")
    if len(re.findall(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]", text)) > len(text) / 100:
        raise TableError("The file is full of control characters, so it is not a table of text.")
    if start.startswith(MARKUP):
        raise TableError("This is a web page or another XML file, not a CSV file.")
    if start.startswith(("{", "[{", "[[")):
        raise TableError("This is a JSON file, not a CSV file.")


def _guess_delimiter(text: str) -> str:
    """Return the separator under which most of the first lines have as many cells as the first."""
    lines = [line for line in text[:50_000].split("\n")[:51] if line.strip()][:50]
    plain = [line for line in lines if not line.startswith("#")] or lines

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(plain, delimiter=delimiter, skipinitialspace=True)
        try:
            widths = [len(row) for row in reader]
        except csv.Error:
            return 0, 0
        return (sum(width == widths[0] for width in widths), widths[0]) if widths[0] > 1 else (0, 0)

    return max(DELIMITERS, key=score)


def _read_rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Return (line number, cells) of every line that is not blank; one too many at most."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True,
                        skipinitialspace=True)  # fmt: skip
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                found.append((line, cells))
            if len(found) > MAX_ROWS + 10:  # room for comments and the header
                break
            line = reader.line_num + 1
    except csv.Error as error:
        raise TableError(_say_csv_error(str(error), line)) from None
    if not found:
        raise TableError("The file is empty: it holds nothing but separators.")
    return found


def _say_csv_error(error: str, line: int) -> str:
    if "field larger" in error:
        return f"A cell from line {line:,} on is longer than {csv.field_size_limit():,} characters."
    if "unexpected end" in error:
        return f"A quotation mark that opens on line {line:,} is never closed."
    return f"Line {line:,}: a quoted cell goes on after its closing quotation mark."


def _skip_comments(numbered, notes):
    """Leave out lines above the table that begin with #, unless they look like its header."""
    width = len(numbered[-1][1])
    n_skipped = 0
    for _, row in numbered[:-1]:
        if not row[0].startswith("#") or len(row) == width:
            break
        n_skipped += 1
    if n_skipped:
        lines = "A comment line" if n_skipped == 1 else f"{n_skipped} comment lines"
        notes.append(f"{lines} above the table {'was' if n_skipped == 1 else 'were'} skipped.")
    return numbered[n_skipped:]


def _take_header(numbered, notes):
    """Return the names of the columns, and the lines below; names are made up if there are none."""
    first = numbered[0][1]
    while len(first) > 1 and not first[-1] and all(not row[-1] for _, row in numbered):
        first = first[:-1]  # every line ends in a separator
        numbered = [(line, row[:-1] if len(row) > len(first) else row) for line, row in numbered]
    known = [cell for cell in first if cell]
    numbers = [cell for cell in known if _is_number(cell)]
    if len(numbers) < len(known) and not any("." in cell for cell in numbers):
        return first, numbered[1:]
    notes.append("The first line holds numbers, so it was taken for data and the columns numbered.")
    return [""] * len(first), numbered


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", cell, re.ASCII | re.I) is not None


def _check_size(header, numbered) -> None:
    if len(header) > MAX_COLUMNS:
        raise TableError(
            f"The first line has {len(header):,} columns; at most {MAX_COLUMNS} are read."
        )
    if len(header) < 2:
        names = ", ".join(list(DELIMITERS.values())[:-1])
        raise TableError(
            "There is one column only: a network needs something to learn from and something to "
            f"predict, separated by {names} or {list(DELIMITERS.values())[-1]}."
        )
    if len(numbered) > MAX_ROWS:
        raise TableError(
            f"The file has more than {MAX_ROWS:,} rows; that is the most that is read."
        )
    if len(numbered) < MIN_ROWS:
        rows = {0: "no rows", 1: "one row only"}.get(len(numbered), f"{len(numbered)} rows only")
        raise TableError(f"The file has {rows}; at least {MIN_ROWS} are needed below the names.")


def _fit_row(line: int, row: list[str], width: int) -> list[str]:
    """Return the row without empty cells past its end; raise TableError if its width is another."""
    while len(row) > width and not row[-1]:
        row = row[:-1]
    if len(row) != width:
        cells = "one cell" if len(row) == 1 else f"{len(row):,} cells"
        raise TableError(f"Line {line:,} has {cells}, but the first line has {width}.")
    return row


def _clean_names(header: list[str], notes: list[str]) -> tuple[str, ...]:
    names = [clean(cell) or f"column {i}" for i, cell in enumerate(header, start=1)]
    if any(header) and not all(map(clean, header)):
        notes.append("Columns without a name were numbered.")
    unique = unique_names(names)
    if list(unique) != names:
        doubled = next(old for old, new in zip(names, unique, strict=True) if old != new)
        notes.append(f"Several columns are called {quote(doubled)}; the later ones were numbered.")
    return unique


def clean(text: str) -> str:
    """Return text fit to be shown: one line, nothing invisible, at most MAX_NAME characters."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown if len(shown) <= MAX_NAME else f"{shown[: MAX_NAME - 1]}…"
