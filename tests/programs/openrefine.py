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


def post(command, query, fields):
    """As its page asks."""
    query = {"csrf_token": json.loads(ask("get-csrf-token")[1])["token"]} | query
    body = urllib.parse.urlencode(fields).encode()
    return json.loads(ask(f"{command}?{urllib.parse.urlencode(query)}", body)[1])


def imported(path, **options):
    """The columns and rows of a project that is made of the file, step by step as its page does it."""
    job = post("create-importing-job", {}, {})["jobID"]
    controller = {"controller": "core/default-importing-controller", "jobID": job}
    mark = "----------onrecord"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="upload"; filename="{path.name}"\r\nContent-Type: text/csv\r\n\r\n'
    body = head.encode() + path.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    token = {"csrf_token": json.loads(ask("get-csrf-token")[1])["token"]}
    query = urllib.parse.urlencode(token | controller | {"subCommand": "load-raw-data"})
    ask(f"importing-controller?{query}", body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})
    while True:
        known = post("get-importing-job-status", {"jobID": job}, {})["job"]["config"]
        if known.get("state") == "ready":
            break
        time.sleep(0.2)
    format = known["retrievalRecord"]["files"][0].get("format") or "text/line-based/*sv"
    same("the format that it guesses", format, "text/line-based/*sv")
    step = lambda name, **fields: post("importing-controller", controller | {"subCommand": name}, {"format": format} | fields)
    guessed = step("initialize-parser-ui")["options"] | options | {"projectName": path.name}
    step("update-format-and-options", options=json.dumps(guessed))
    step("create-project", options=json.dumps(guessed))
    while True:
        known = post("get-importing-job-status", {"jobID": job}, {})["job"]["config"]
        if known.get("state") == "created-project":
            break
        assert "errors" not in known and known.get("state") != "error", known
        time.sleep(0.2)
    project = known["projectID"]
    columns = json.loads(ask(f"get-models?project={project}")[1])["columnModel"]["columns"]
    rows = json.loads(ask(f"get-rows?project={project}&start=0&limit=100000")[1])["rows"]
    cell = lambda cells, n: (cells[n] or {}).get("v") if n < len(cells) else None
    names = [column["name"] for column in columns]
    return names, [[cell(row["cells"], column["cellIndex"]) for column in columns] for row in rows]


server = subprocess.Popen(
    ["openrefine", "-i", "127.0.0.1", "-p", str(port), "-d", folder / "refine", "-x", "refine.headless=true"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
)
try:
    version = started()
    rows = list(csv.DictReader((folder / "quotes.csv").open(encoding="utf-8", newline="")))
    columns = list(rows[0])
    seen, cells = imported(folder / "quotes.csv")
    same("columns", seen, columns)
    same("cells", [[cell or "" for cell in row] for row in cells], [[row[c] for c in columns] for row in rows])
    seen, cells = imported(folder / "quotes.csv", guessCellValueTypes=True)
    numbers = [column for column, cell in zip(columns, cells[0]) if isinstance(cell, (int, float))]
    assert {"confidence", "context_start"} <= set(numbers), numbers
    for cell, row in zip(cells, rows):
        for column in ("speaker", "speaker_name", "quote", "context", "content"):
            same(column, dict(zip(columns, cell))[column] or "", row[column])
    # It takes the mark that Excel wants for a part of the first name.
    seen, cells = imported(folder / "excel.csv")
    same("columns for Excel", seen, ["\ufeff" + columns[0], *columns[1:]])
    same("cells for Excel", [[cell or "" for cell in row] for row in cells], [[row[c] for c in columns] for row in rows])
    saw("OpenRefine", version, f"{len(rows)} rows of {len(columns)} columns, every cell as it went out; numbers where it may guess")
finally:
    os.killpg(server.pid, signal.SIGTERM)
