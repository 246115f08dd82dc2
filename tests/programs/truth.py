"""The records as JSON Lines has them, to compare with what other programs read."""

import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
records = [json.loads(line) for line in (folder / "quotes.jsonl").open(encoding="utf-8")]
# Records of documents that were given, in their order.
texts = {record["document"]: (folder / record["document"]).read_text(encoding="utf-8") for record in records}


def one_line(text):
    """A cell of CSV: line breaks with the space around them are a sign."""
    lines = [line.strip() for line in text.splitlines()]
    kept = [line for n, line in enumerate(lines) if line or n == 0]
    return " ¶ ".join(kept) if len(lines) > 1 else text


def quote(record):
    texts = [quote["text"] for quote in record["quotes"]]
    return " … ".join(texts) if texts else record["content"]["text"]


def same(what, seen, expected):
    assert seen == expected, f"{what}: {seen!r} is not {expected!r}"


def saw(program, version, what):
    print(f"{program} {version}: {what}")
