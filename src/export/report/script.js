"use strict";
// Sorting, filters and search. Without this script everything is there and stays in the order of the text.
(() => {
  // The way to a text by style alone looks at every line of every text, which is slow in a long page.
  document.documentElement.classList.add("js");
  addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("filters");
    const index = document.getElementById("index");
    const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
    const docs = all(".doc");
    const cell = (row, n) => row.cells[n].dataset.value ?? row.cells[n].textContent.trim();
    const shown = () => docs.filter((doc) => !index || doc.classList.contains("here"));

    const sortable = (head) => {
      if (head.querySelector("button")) return;
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
    };

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
      for (const row of shown().flatMap((doc) => all("tr[data-flags]", doc))) {
        const flags = row.dataset.flags.split(" ");
        const fits = (!speaker || row.dataset.speaker === speaker) && (!only || flags.includes(only)) && holds(row, wanted);
        row.hidden = !fits;
        const id = row.id.slice(2);
        all(`[data-record="${CSS.escape(id)}"]`).forEach((said) => said.classList.toggle("off", !fits));
        of += 1;
        seen += fits ? 1 : 0;
      }
      let what = "records";
      if (index && !index.hidden) {
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

    // Opens the text to which the address leads, or the index. The choices are those of what is to be seen.
    const open = () => {
      const target = document.getElementById(location.hash.slice(1));
      const doc = target?.closest(".doc");
      for (const other of docs) other.classList.toggle("here", target?.id === "all" || other === doc);
      if (index) index.hidden = Boolean(doc);
      const rows = shown().flatMap((doc) => all("tr[data-flags]", doc));
      const names = [...new Set(rows.map((row) => row.dataset.speaker).filter(Boolean))];
      form.speaker.replaceChildren(new Option("anyone", ""), ...names.map((name) => new Option(name, name)));
      for (const name of ["speaker", "only"]) {
        form[name].parentNode.hidden = rows.length === 0;
        form[name].value = "";
      }
      for (const part of [...shown(), ...(index ? [index] : [])]) all("table.sorted thead th", part).forEach(sortable);
      filter();
      target?.scrollIntoView();
    };

    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    addEventListener("hashchange", open);
    form.hidden = false;
    open();
  });
})();
