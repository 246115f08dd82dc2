"""OpenRefine imports the CSV, by its own importer for tables, and shows every cell as it went out."""

import csv
import json
import os
import signal
import socket
import subprocess
import time
import urllib.parse
import urllib.request

from truth import folder, same, saw

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
address = f"http://127.0.0.1:{port}/command/core/"


def ask(command, data=None, **headers):
    request = urllib.request.Request(address + command, data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.geturl(), answer.read().decode("utf-8")


def started():
    for _ in range(120):
        try:
            return json.loads(ask("get-version")[1])["version"]
        except OSError:
            time.sleep(0.5)
    raise SystemExit("OpenRefine did not start")


def imported(path, **options):
    """The rows of a project that is made of the file, and the names of their columns."""
    token = json.loads(ask("get-csrf-token")[1])["token"]
    fields = {
        "project-name": path.name,
        "format": "text/line-based/*sv",
        "options": json.dumps({"encoding": "UTF-8", "separator": ",", "processQuotes": True, "headerLines": 1} | options),
    }
    mark = "----------onrecord"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    file = f'--{mark}\r\nContent-Disposition: form-data; name="project-file"; filename="{path.name}"\r\nContent-Type: text/csv\r\n\r\n'
    body = b"".join(parts) + file.encode() + path.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    query = urllib.parse.urlencode({"csrf_token": token})
    where, _ = ask(f"create-project-from-upload?{query}", body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})
    project = urllib.parse.parse_qs(urllib.parse.urlparse(where).query)["project"][0]
    models = json.loads(ask(f"get-models?project={project}")[1])
    columns = models["columnModel"]["columns"]
    rows = json.loads(ask(f"get-rows?project={project}&start=0&limit=100000")[1])["rows"]
    cell = lambda cells, n: (cells[n] or {}).get("v") if n < len(cells) else None
    return [c["name"] for c in columns], [[cell(row["cells"], c["cellIndex"]) for c in columns] for row in rows]


server = subprocess.Popen(
    ["openrefine", "-i", "127.0.0.1", "-p", str(port), "-d", folder / "refine", "-x", "refine.headless=true"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
)
try:
    version = started()
    for name in ("quotes.csv", "excel.csv"):
        # Line ends within a cell are signs, so that the two differ in nothing but a mark and the ends of lines.
        rows = list(csv.DictReader((folder / name).open(encoding="utf-8-sig", newline="")))
        columns = list(rows[0])
        for guess in (False, True):
            seen, cells = imported(folder / name, guessCellValueTypes=guess)
            same("columns", seen, columns)
            if guess:
                numbers = [column for column, cell in zip(columns, cells[0]) if isinstance(cell, (int, float))]
                assert {"confidence", "context_start"} <= set(numbers), numbers
                words = [c for c in ("speaker", "speaker_name", "quote", "context", "content") if c in columns]
                for cell, row in zip(cells, rows):
                    same("words", [dict(zip(columns, cell))[c] or "" for c in words], [row[c] for c in words])
            else:
                same(name, [[cell or "" for cell in row] for row in cells], [[row[c] for c in columns] for row in rows])
    saw("OpenRefine", version, f"{len(rows)} rows of {len(columns)} columns, every cell as it went out; numbers where it may guess")
finally:
    os.killpg(server.pid, signal.SIGTERM)
