"""pyarrow, DuckDB, pandas and Polars read both forms of Parquet."""

import csv
import json

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet
from truth import folder, quote, records, same, saw

nested = pyarrow.parquet.read_table(folder / "quotes.parquet")
same("nested rows", nested.to_pylist(), [{"metadata": None, **record} for record in records])
saw("pyarrow", pyarrow.__version__, f"{nested.num_rows} records, each equal to its JSON")
asked = duckdb.sql(
    f"SELECT speaker.name, count(*) FROM '{folder}/quotes.parquet' WHERE cue.lemma = 'say' GROUP BY ALL ORDER BY ALL"
).fetchall()
expected = {}
for record in records:
    if record["cue"] and record["cue"]["lemma"] == "say":
        name = record["speaker"] and record["speaker"]["name"]
        expected[name] = expected.get(name, 0) + 1
same("DuckDB", dict(asked), expected)
spans = duckdb.sql(f"SELECT len(content.spans), content.spans[1].start FROM '{folder}/quotes.parquet'").fetchall()
same("spans", spans, [(len(r["content"]["spans"]), r["content"]["spans"][0]["start"]) for r in records])
saw("DuckDB", duckdb.__version__, f"speaker.name, cue.lemma and content.spans[1].start of {len(spans)} records")

flat = pyarrow.parquet.read_table(folder / "flat.parquet")
rows = list(csv.DictReader((folder / "raw.csv").open(encoding="utf-8", newline="")))
same("columns", flat.column_names, list(rows[0]))
same("quotes", flat["quote"].to_pylist(), [quote(record) for record in records])
frame = pandas.read_parquet(folder / "flat.parquet")
same("types", [str(frame[c].dtype) for c in ["hedged", "confidence", "context_start"]], ["bool", "float64", "int64"])
saw("pandas", pandas.__version__, f"{len(frame)} flat rows of {len(frame.columns)} columns, typed")
known = [json.loads(line)["metadata"] for line in (folder / "known.jsonl").open(encoding="utf-8")]
asked = duckdb.sql(f"SELECT metadata.title, metadata.date, metadata.columns['outlet'] FROM '{folder}/known.parquet'").fetchall()
same("metadata", asked, [(m["title"], m["date"], m["columns"]["outlet"]) for m in known])
same("carried", pyarrow.parquet.read_table(folder / "known-flat.parquet")["outlet"].to_pylist(), [m["columns"]["outlet"] for m in known])
saw("DuckDB", duckdb.__version__, f"metadata.title, metadata.date and metadata.columns['outlet'] of {len(asked)} records of a data set")
frame = polars.read_parquet(folder / "quotes.parquet")
same("Polars", frame["content"].struct.field("text").to_list(), [r["content"]["text"] for r in records])
saw("Polars", polars.__version__, f"{frame.height} nested rows")
