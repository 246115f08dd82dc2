"use strict";
// Sorting, filters and search. Without this script everything is there and stays in the order of the text.
(() => {
  const form = document.getElementById("filters");
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const cell = (row, n) => row.cells[n].dataset.value ?? row.cells[n].textContent.trim();
  const shown = () => all(".doc").filter((doc) => doc.checkVisibility());
  const index = document.getElementById("index");

  for (const head of all("table.sorted thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      const body = head.closest("table").tBodies[0];
      const n = head.cellIndex;
      const numbers = head.classList.contains("number");
      const compare = (a, b) => numbers
        ? Number(cell(a, n)) - Number(cell(b, n))
        : cell(a, n).localeCompare(cell(b, n), "en");
      const rows = [...body.rows].sort(compare);
      body.append(...(up ? rows : rows.reverse()));
      all("th", head.parentNode).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
    });
  }

  const texts = new Map();
  const textOf = (element) => {
    if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
    return texts.get(element);
  };

  const words = () => form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (element, wanted) => wanted.every((word) => textOf(element).includes(word));

  // In a text, rows and quotations; in the index, texts and whoever speaks in them.
  const filter = () => {
    const wanted = words();
    const { speaker, only } = { speaker: form.speaker.value, only: form.only.value };
    let [seen, of] = [0, 0];
    const docs = shown();
    for (const row of docs.flatMap((doc) => all("tr[data-flags]", doc))) {
      const flags = row.dataset.flags.split(" ");
      const fits = (!speaker || row.dataset.speaker === speaker) && (!only || flags.includes(only)) && holds(row, wanted);
      row.hidden = !fits;
      const id = row.id.slice(2);
      all(`[data-record="${CSS.escape(id)}"]`).forEach((said) => said.classList.toggle("off", !fits));
      of += 1;
      seen += fits ? 1 : 0;
    }
    let what = "records";
    if (index?.checkVisibility()) {
      what = "texts";
      for (const row of all("tr[data-doc]")) {
        const doc = document.getElementById(row.dataset.doc);
        row.hidden = !holds(doc, wanted);
        of += 1;
        seen += row.hidden ? 0 : 1;
      }
    }
    form.querySelector("output").value = `${seen} of ${of} ${what}`;
  };

  // The choices are those of what is to be seen.
  const choices = () => {
    const rows = shown().flatMap((doc) => all("tr[data-flags]", doc));
    const names = [...new Set(rows.map((row) => row.dataset.speaker).filter(Boolean))];
    form.speaker.replaceChildren(new Option("anyone", ""), ...names.map((name) => new Option(name, name)));
    for (const name of ["speaker", "only"]) {
      form[name].parentNode.hidden = rows.length === 0;
      form[name].value = "";
    }
    filter();
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  window.addEventListener("hashchange", choices);
  // Only now it is known which text the address leads to.
  window.addEventListener("load", choices);
  form.hidden = false;
  choices();
})();
