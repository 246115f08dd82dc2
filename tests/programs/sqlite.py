"""Datasette shows the database: pages answer, facets count, the search finds. sqlite-utils knows its keys."""

import json
import subprocess
import sqlite3

import datasette.app
import datasette.version
import asyncio
from truth import folder, quote, records, same, saw

path = folder / "quotes.db"


async def browse():
    site = datasette.app.Datasette([str(path)], crossdb=False)
    await site.invoke_startup()

    async def get(address):
        answer = await site.client.get(f"/quotes/{address}".rstrip("/"))
        assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:400]}"
        return answer

    pages = ["", "documents", "speakers", "records", "quotes", "said", "who_spoke_most", "unnamed_sources", "unattributed",
             "second_hand", "records/1", "documents/1", "speakers/1", "quotes/2,1"]
    for page in pages:
        await get(page.lstrip("/"))
    table = json.loads((await get("records.json?_facet=kind&_facet=speaker&_shape=objects")).text)
    kinds = {facet["value"]: facet["count"] for facet in table["facet_results"]["kind"]["results"]}
    expected = {}
    for record in records:
        expected[record["kind"]] = expected.get(record["kind"], 0) + 1
    same("facets", kinds, expected)
    labels = [facet["label"] for facet in table["facet_results"]["speaker"]["results"]]
    assert "Maria Lopez" in labels, labels
    html = (await get("records?_search=pile")).text
    assert "eleven of the forty piles" in html, "the search finds forms of the word"
    found = json.loads((await get("records.json?_search=pile&_shape=objects")).text)["rows"]
    assert found and all("piles" in row["context"] for row in found)
    evil = (await get("records?_size=100")).text
    assert "<script>alert" not in evil
    return len(pages), len(found)


pages, found = asyncio.run(browse())
saw("Datasette", datasette.version.__version__, f"{pages} pages answer, facets count all {len(records)} records, the search finds {found}")

database = sqlite3.connect(path)
same("integrity", database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
rows = database.execute("SELECT quote FROM records ORDER BY document, key").fetchall()
same("quotes", sorted(row[0] for row in rows), sorted(quote(record) for record in records))
tables = json.loads(subprocess.run(["sqlite-utils", "tables", path, "--counts", "--columns"], check=True, capture_output=True, text=True).stdout)
counts = {table["table"]: table["count"] for table in tables}
same("counts", counts["records"], len(records))
schema = subprocess.run(["sqlite-utils", "schema", path, "records"], check=True, capture_output=True, text=True).stdout
assert "REFERENCES speakers" in schema
saw("sqlite-utils", "4.2.1", f"{counts['documents']} documents, {counts['speakers']} speakers, {counts['records']} records, {counts['quotes']} quotes")
