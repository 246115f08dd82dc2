"""What people read CSV with gets back every cell; the guard against formulas is taken away again."""

import csv
import json
import subprocess

import duckdb
import openpyxl
import pandas
import polars
from truth import folder, one_line, quote, records, same, saw

DANGER = ("=", "+", "-", "@", "\t", "\r")


def unguard(cell):
    """One apostrophe goes from every cell that is danger behind its apostrophes."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(DANGER) else cell


rows = list(csv.DictReader((folder / "quotes.csv").open(encoding="utf-8", newline="")))
raw = list(csv.DictReader((folder / "raw.csv").open(encoding="utf-8", newline="")))
columns = list(rows[0])
same("rows", len(rows), len(records))
guarded = 0
for row, plain, record in zip(rows, raw, records):
    for column in columns:
        assert not row[column].startswith(DANGER), row[column]
        guarded += row[column] != plain[column]
        same(column, unguard(row[column]), plain[column])
    for column, text in [("quote", quote(record)), ("content", record["content"]["text"]),
                         ("context", record["context"]["text"]), ("document", record["document"])]:
        same(column, plain[column], one_line(text))
    same("confidence", float(row["confidence"]), record["confidence"])
    same("hedged", row["hedged"], str(record["hedged"]).lower())
assert guarded, "some cells had to be guarded"
saw("Python’s csv", "3", f"{len(rows)} rows, {guarded} cells guarded and given back")

text = [[row[column] for column in columns] for row in rows]


def table(name, version, frame):
    same(f"{name}: columns", list(frame.columns), columns)
    same(f"{name}: cells", frame.values.tolist(), text)
    saw(name, version, f"{len(frame)} rows of {len(columns)} columns, every cell as it went out")


table("pandas", pandas.__version__, pandas.read_csv(folder / "quotes.csv", dtype=str, keep_default_na=False))
found = polars.read_csv(folder / "quotes.csv", infer_schema=False)
same("Polars", [[cell or "" for cell in row] for row in found.rows()], text)
saw("Polars", polars.__version__, f"{found.height} rows, every cell as it went out")
found = duckdb.sql(f"SELECT * FROM read_csv('{folder}/quotes.csv', all_varchar = true, nullstr = '\x01')").fetchall()
same("DuckDB", [[cell or "" for cell in row] for row in found], text)
guessed = duckdb.sql(f"SELECT typeof(hedged), typeof(confidence), typeof(context_start) FROM '{folder}/quotes.csv' LIMIT 1").fetchall()[0]
same("DuckDB guesses", guessed, ("BOOLEAN", "DOUBLE", "BIGINT"))
saw("DuckDB", duckdb.__version__, f"{len(found)} rows, every cell as it went out; guesses {guessed}")

subprocess.run(["sqlite-utils", "insert", folder / "utils.db", "records", folder / "quotes.csv", "--csv", "--no-detect-types"], check=True)
found = json.loads(subprocess.run(["sqlite-utils", "rows", folder / "utils.db", "records"], check=True, capture_output=True, text=True).stdout)
same("sqlite-utils", [[row[column] for column in columns] for row in found], text)
version = subprocess.run(["sqlite-utils", "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
saw("sqlite-utils", version, f"{len(found)} rows, every cell as it went out")

# Excel’s rules, as LibreOffice has them: a comma between cells, marks around text, UTF-8, numbers and formulas taken for such.
subprocess.run(
    ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--infilter=CSV:44,34,76,1,,0,false,true,false",
     "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "sheet", folder / "excel.csv"],
    check=True, capture_output=True, timeout=300,
)
sheet = openpyxl.load_workbook(folder / "sheet" / "excel.xlsx").active
same("columns", [cell.value for cell in sheet[1]], columns)
same("rows", sheet.max_row, len(rows) + 1)
for line, row in zip(sheet.iter_rows(min_row=2), rows):
    for cell, column in zip(line, columns):
        assert cell.data_type != "f", f"{cell.coordinate} is a formula"
        if column in ("speaker", "speaker_name", "quote", "context", "content", "document", "content_spans"):
            same(f"{cell.coordinate} {column}", cell.value or "", row[column])
saw("LibreOffice", "(Excel’s rules)", f"{sheet.max_row - 1} rows, the words as they went out, no formula")
