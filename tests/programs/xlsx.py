"""LibreOffice opens the workbook and writes it again; what it wrote must be what we wrote. pandas reads it too."""

import subprocess

import openpyxl
import pandas
from truth import folder, quote, records, same, saw

subprocess.run(
    ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
     "--outdir", folder / "again", folder / "quotes.xlsx"],
    check=True, capture_output=True, timeout=300,
)
version = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
ours = openpyxl.load_workbook(folder / "quotes.xlsx")
theirs = openpyxl.load_workbook(folder / "again" / "quotes.xlsx")
same("sheets", theirs.sheetnames, ["Records", "Speakers", "Documents"])
cells = 0
for name in theirs.sheetnames:
    a, b = ours[name], theirs[name]
    for row in b.iter_rows():
        for cell in row:
            cells += 1
            value, ours_is = cell.value, a[cell.coordinate].value
            # LibreOffice writes a truth value, which it shows as one, as a call of a function.
            if isinstance(ours_is, bool):
                value = {"=TRUE()": True, "=FALSE()": False}.get(value, value)
            else:
                assert cell.data_type != "f", f"{name} {cell.coordinate} is a formula: {cell.value}"
            same(f"{name} {cell.coordinate}", value, ours_is)
    same("frozen", a.freeze_panes, "A2")
    assert b.auto_filter.ref, "filters are kept"
table = pandas.read_excel(folder / "quotes.xlsx", sheet_name="Records", keep_default_na=False)
same("rows", len(table), len(records))
same("quotes", list(table["quote"]), [quote(record) for record in records])
same("types", [str(table[c].dtype) for c in ["hedged", "confidence", "context_start"]], ["bool", "float64", "int64"])
saw("LibreOffice", version, f"3 sheets, {len(records)} records, {cells} cells as we wrote them, no formula")
saw("pandas", pandas.__version__, f"{len(table)} rows; hedged is bool, confidence float64, context_start int64")
