// Chromium shows the report: for eyes, keyboards, screen readers, printers, and with scripts turned off.
// With a second folder as argument it leaves pictures there.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, pictures] = process.argv.slice(2).map((folder) => path.resolve(folder));
const require = createRequire(path.resolve("target/programs/package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const records = readFileSync(path.join(folder, "quotes.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

async function open(address, options = {}) {
  const [name, hash = ""] = address.split("#");
  // The checker of accessibility is a script that the page's policy would refuse.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: options.axe, ...options });
  const page = await context.newPage();
  page.asked = [];
  page.trouble = [];
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("dialog", async (dialog) => { page.trouble.push(`dialog: ${dialog.message()}`); await dialog.dismiss(); });
  page.on("pageerror", (error) => page.trouble.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") page.trouble.push(message.text()); });
  await page.goto(`${pathToFileURL(path.join(folder, name)).href}#${hash}`);
  return page;
}

async function accessible(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map((v) => `${v.id}: ${v.help}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
  assert.deepEqual(told, [], what);
}

const visible = (page, selector) => page.locator(selector).filter({ visible: true });
const focused = (page, what) => page.evaluate((what) => document.activeElement[what] ?? document.activeElement.getAttribute(what), what);

// Light, dark and narrow; one text, many, and all of them at once.
let checked = 0;
for (const scheme of ["light", "dark"]) {
  for (const [name, hash] of [["one.html", ""], ["many.html", ""], ["many.html", "#d1"], ["many.html", "#all"], ["evil.html", ""]]) {
    for (const width of hash === "#all" ? [1280] : [1280, 380]) {
      const page = await open(name + hash, { colorScheme: scheme, axe: true, viewport: { width, height: 900 } });
      await accessible(page, `${scheme} ${name}${hash} ${width}`);
      checked += 1;
      await page.context().close();
    }
  }
}

// One text: every quotation can be reached by keyboard and says who, cue, rule and confidence.
{
  const page = await open("one.html");
  const of = records.filter((record) => record.document === "ferry-pier.txt");
  assert.equal(await page.locator(".ref").count(), of.length);
  assert.equal(await page.locator("tbody tr").count(), of.length);
  for (let presses = 0; presses < 20 && await focused(page, "className") !== "ref"; presses += 1) await page.keyboard.press("Tab");
  const told = await focused(page, "textContent");
  const [first] = [...of].sort((a, b) => a.content.spans.at(-1).end - b.content.spans.at(-1).end);
  for (const part of [first.speaker.name, first.cue.text, first.rule, first.confidence.toFixed(2)]) assert.ok(told.includes(part), `${part} in ${told}`);
  const tip = page.locator(".ref:focus .tip");
  assert.ok((await tip.boundingBox()).height > 20, "what is focused is explained");
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#r-d1-q/);
  const said = page.locator(".said:has(> .ref)").nth(1);
  await said.hover();
  assert.ok((await said.locator("> .ref .tip").boundingBox()).height > 20, "what is pointed at is explained");

  // Filters, by keyboard alone.
  await page.locator("input[name=words]").focus();
  await page.keyboard.type("tea");
  assert.equal(await visible(page, "tbody tr").count(), 1);
  assert.equal(await page.locator("output").textContent(), `1 of ${of.length} records`);
  assert.ok(await page.locator(".said.off").count() > 0);
  await page.locator("button[type=reset]").press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".said.off").length === 0);
  await page.locator("select[name=speaker]").selectOption("Maria Lopez");
  assert.equal(await visible(page, "tbody tr").count(), of.filter((r) => r.speaker?.name === "Maria Lopez").length);
  await page.locator("select[name=speaker]").selectOption("");
  await page.locator("select[name=only]").selectOption("unnamed");
  assert.equal(await visible(page, "tbody tr").count(), 1);
  await page.locator("button[type=reset]").press("Enter");

  // Sorting.
  const sort = page.getByRole("button", { name: "Confidence" });
  await sort.press("Enter");
  const column = async () => (await page.locator("tbody tr td:last-child").allTextContents()).map(Number);
  assert.deepEqual(await column(), (await column()).toSorted((a, b) => a - b));
  assert.equal(await page.locator("th[aria-sort]").getAttribute("aria-sort"), "ascending");
  await sort.press("Enter");
  assert.deepEqual(await column(), (await column()).toSorted((a, b) => b - a));
  assert.deepEqual(page.trouble, []);
  assert.deepEqual(page.asked.length, 1, "nothing is loaded but the page");
  await page.context().close();
}

// Many texts: an index that leads to each and back, and finds words in all of them.
{
  const page = await open("many.html");
  const texts = await visible(page, "tr[data-doc]").count();
  assert.equal(await visible(page, ".doc").count(), 0);
  await page.locator("input[name=words]").fill("kiosk");
  assert.ok(await visible(page, "tr[data-doc]").count() < texts);
  await page.locator("tr[data-doc] a").filter({ visible: true }).first().press("Enter");
  assert.equal(await visible(page, ".doc").count(), 1);
  assert.ok(!await page.locator("#index").isVisible());
  await page.goBack();
  assert.ok(await page.locator("#index").isVisible());
  assert.deepEqual(page.trouble, []);
  await page.context().close();
}

// Without scripts nothing is missing but what needs them.
{
  const page = await open("many.html", { javaScriptEnabled: false });
  assert.ok(!await page.locator("#filters").isVisible());
  await page.locator("tr[data-doc] a").first().click();
  assert.equal(await visible(page, ".doc").count(), 1);
  await visible(page, ".ref").first().click();
  assert.equal(await visible(page, ".doc").count(), 1, "a row is part of its text");
  await page.getByRole("link", { name: "All texts" }).click();
  assert.equal(await visible(page, ".doc").count(), await page.locator(".doc").count());
  await page.context().close();
}

// Print shows the texts on white, without what only a screen can do.
{
  const page = await open("one.html", { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  assert.ok(!await page.locator("#filters").isVisible());
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(255, 255, 255)");
  const pdf = await page.pdf({ format: "A4" });
  assert.ok(pdf.length > 10_000);
  await page.context().close();
}

// An article full of scripts is text like any other.
{
  const page = await open("evil.html");
  await page.waitForTimeout(300);
  assert.deepEqual(page.trouble, []);
  assert.equal(page.asked.length, 1);
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator("a[href^='javascript:'], img, iframe, object, embed, base, [onclick], [onerror]").count(), 0);
  assert.equal(await page.evaluate(() => globalThis.owned), undefined);
  assert.ok((await page.locator(".text").first().textContent()).includes("<script>"));
  await page.context().close();
}

// Three hundred texts. Printed, not asserted: machines differ.
{
  const context = await browser.newContext();
  const page = await context.newPage();
  const began = performance.now();
  await page.goto(pathToFileURL(path.join(folder, "300.html")).href);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const seconds = ((performance.now() - began) / 1000).toFixed(2);
  const size = (readFileSync(path.join(folder, "300.html")).length / 1e6).toFixed(1);
  const texts = await page.locator("tr[data-doc]").count();
  console.log(`Chromium ${browser.version()}: ${texts} texts (${size} MB) open in ${seconds} s`);
  await context.close();
}

if (pictures) {
  const shoot = async (name, file, options, prepare = async () => {}) => {
    const page = await open(name, options);
    await prepare(page);
    await page.screenshot({ path: path.join(pictures, file) });
    await page.context().close();
  };
  const size = { width: 1440, height: 600 };
  await shoot("one.html", "report.png", { viewport: size }, (page) => page.locator(".ref").nth(1).focus());
  await shoot("many.html", "report-index.png", { viewport: size, colorScheme: "dark" });
}
const { version } = require("axe-core/package.json");
console.log(`Chromium ${browser.version()}: keyboard, filters, sorting, print, scripts off and an evil article; axe ${version} finds nothing in ${checked} views`);
await browser.close();
