// Opens every page of a folder in Chromium, in both themes, on a phone and on a desk:
//   node run.js PAGES SHOTS
// Each check is a line; ends with "N passed, M failed".
"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const url = require("url");
const { chromium } = require("playwright-core");

const [pages, shots] = process.argv.slice(2).map((p) => path.resolve(p));
const WIDTHS = [360, 1440];
const THEMES = ["light", "dark"];
const ALL_SECTIONS = ["audit", "compare", "curve", "evaluation"]; // the others show their first
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
               "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let passed = 0, failed = 0;
function check(name, trouble) {
  const bad = Array.isArray(trouble) ? trouble.length > 0 : !trouble;
  if (bad) failed++;
  else passed++;
  const why = bad && Array.isArray(trouble) ? ": " + trouble.slice(0, 5).join("; ") : "";
  console.log((bad ? "FAILED " : "passed ") + name + why);
}

// ---- What is asked of a page, run inside it; each returns a list of troubles. ----

const asked = {
  // Nothing is wider than the window.
  overflow() {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll("main *")]
      .filter((e) => e.getBoundingClientRect().right > room + 1)
      .filter((e) => !e.closest(".table, .scroll, svg"))
      .map((e) => e.tagName + "." + e.className + " is " + e.getBoundingClientRect().right + " wide")
      .concat("the page is " + document.documentElement.scrollWidth + " wide");
  },
  // Every line, dot and column has a place; no number is none.
  charts() {
    const troubles = [];
    for (const svg of document.querySelectorAll("main svg")) {
      if (/NaN|undefined|inf/i.test(svg.outerHTML.replace(/<title>.*?<\/title>|<text.*?<\/text>|aria-label="[^"]*"/g, "")))
        troubles.push("not a number in " + svg.getAttribute("aria-label"));
      if (svg.getAttribute("role") === "img" && !svg.getAttribute("aria-label"))
        troubles.push("a chart without a name");
      if (svg.getAttribute("role") === "img" && svg.querySelector("a"))
        troubles.push("links in an image: " + svg.getAttribute("aria-label"));
      const drawn = [...svg.querySelectorAll(".line, .dot, .column")];
      const box = svg.getBoundingClientRect();
      if (!svg.getAttribute("aria-hidden") && drawn.length === 0 && !svg.closest(".odd"))
        troubles.push("nothing drawn: " + svg.getAttribute("aria-label"));
      if (box.width < 8 || box.height < 4) troubles.push("no room: " + svg.getAttribute("aria-label"));
    }
    return troubles;
  },
  // Links lead somewhere, names of places are there once, tables say what they are.
  structure() {
    const troubles = [], ids = new Set();
    for (const e of document.querySelectorAll("[id]")) {
      if (ids.has(e.id)) troubles.push("id twice: " + e.id);
      ids.add(e.id);
    }
    for (const a of document.querySelectorAll("a[href]")) {
      const href = a.getAttribute("href");
      if (!href.startsWith("#")) troubles.push("a link that leaves the page: " + href);
      else if (!ids.has(href.slice(1))) troubles.push("a link to nowhere: " + href);
    }
    for (const t of document.querySelectorAll("table")) {
      const name = t.caption && t.caption.textContent;
      if (!name) troubles.push("a table without a caption");
      const columns = t.tHead.rows[0].cells.length;
      for (const row of t.tBodies[0].rows)
        if (row.cells.length !== columns) { troubles.push("a row of another width: " + name); break; }
      for (const row of t.tBodies[0].rows)
        if (row.cells[0].scope !== "row") { troubles.push("a row without a heading: " + name); break; }
    }
    if (document.querySelectorAll("h1").length !== 1) troubles.push("not one h1");
    for (const input of document.querySelectorAll("input"))
      if (!input.labels.length) troubles.push("a field without a label");
    for (const b of document.querySelectorAll("button"))
      if (!b.textContent.trim()) troubles.push("a button without a name");
    if (document.querySelectorAll("main img, main iframe, main script").length)
      troubles.push("something foreign in the page");
    return troubles;
  },
  // Text has 4.5 times the light of what it stands on, or the other way round (WCAG 2, AA).
  contrast() {
    const channel = (c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
    const parse = (s) => {
      const n = (s.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
      return n.length < 4 ? [...n, 1] : n;
    };
    const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
    const ground = (e) => {
      const layers = [];
      for (; e; e = e.parentElement) {
        const c = parse(getComputedStyle(e).backgroundColor);
        if (c[3] > 0) layers.push(c);
        if (c[3] === 1) break;
      }
      return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
    };
    const seen = new Map(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const e = walker.currentNode.parentElement;
      if (!walker.currentNode.nodeValue.trim() || e.closest("script, style, title, [hidden], .skip")) continue;
      const style = getComputedStyle(e);
      const paint = e.closest("svg") ? style.fill : style.color;
      const key = paint + " on " + ground(e).map(Math.round);
      if (seen.has(key)) continue;
      const a = light(over(parse(paint), ground(e))), b = light(ground(e));
      seen.set(key, [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.tagName + "." + e.className]);
    }
    return [...seen].filter(([, v]) => v[0] < 4.5).map(([k, v]) => v[1] + ": " + k + " is " + v[0].toFixed(2));
  },
  // Each head sorts its table, both ways, and says so.
  sorting() {
    const troubles = [];
    const value = (row, at) => {
      const cell = row.cells[at];
      if (cell.hasAttribute("data-v")) return cell.getAttribute("data-v") === "" ? null : Number(cell.getAttribute("data-v"));
      return cell.textContent.trim().toLowerCase();
    };
    for (const table of document.querySelectorAll("table[data-sortable]")) {
      const heads = [...table.tHead.rows[0].cells];
      const before = table.tBodies[0].rows.length;
      heads.forEach((head, at) => {
        const button = head.querySelector("button");
        if (!button) {
          if (!head.classList.contains("picture")) troubles.push("no button: " + head.textContent);
          return;
        }
        const ways = [];
        for (let n = 0; n < 2; n++) {
          button.click();
          const way = head.getAttribute("aria-sort");
          ways.push(way);
          const all = [...table.tBodies[0].rows].map((row) => value(row, at));
          const known = all.filter((v) => v !== null);
          const sorted = known.every((v, i) => i === 0 || (way === "ascending" ? known[i - 1] <= v : known[i - 1] >= v));
          if (!sorted || all.slice(0, known.length).includes(null))
            troubles.push(table.caption.textContent + " by " + head.textContent + " is not " + way);
        }
        if (!ways.includes("ascending") || !ways.includes("descending"))
          troubles.push("one way only: " + head.textContent);
        if (heads.filter((h) => h.hasAttribute("aria-sort")).length !== 1) troubles.push("two heads sorted");
      });
      if (table.tBodies[0].rows.length !== before) troubles.push("rows lost");
    }
    return troubles;
  },
};

// ---- One page. ----

async function open(browser, file, width, theme, log) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  page.on("console", (m) => log.push(m.type() + ": " + m.text()));
  page.on("pageerror", (e) => log.push("error: " + e.message));
  page.on("dialog", (d) => { log.push("dialog: " + d.message()); d.dismiss(); });
  page.on("request", (r) => { if (!/^(file|data):/.test(r.url())) log.push("request: " + r.url()); });
  await page.goto(url.pathToFileURL(file).href);
  return { context, page };
}

async function shoot(page, name, width, theme) {
  const ids = await page.$$eval("main > section", (all) => all.map((s) => s.id));
  for (const id of ALL_SECTIONS.includes(name) ? ids : ids.slice(0, 1)) {
    await page.evaluate((i) => document.getElementById(i).scrollIntoView({ behavior: "instant" }), id);
    await page.screenshot({ path: path.join(shots, `${name}-${width}-${theme}-${id}.png`) });
  }
}

async function lookAt(browser, file) {
  const name = path.basename(file, ".html"), log = [];
  check(`${name}: under 5 MB`, fs.statSync(file).size < 5e6);
  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      const { context, page } = await open(browser, file, width, theme, log);
      const where = `${name}, ${width} px, ${theme}: `;
      check(where + "no overflow", await page.evaluate(asked.overflow));
      check(where + "contrast", await page.evaluate(asked.contrast));
      if (width === WIDTHS[1] && theme === "light") {
        check(`${name}: charts are drawn`, await page.evaluate(asked.charts));
        check(`${name}: structure`, await page.evaluate(asked.structure));
      }
      await shoot(page, name, width, theme);
      if (width === WIDTHS[1] && theme === "light")
        check(`${name}: tables sort`, await page.evaluate(asked.sorting));
      await context.close();
    }
  }
  check(`${name}: silent console, no requests`, log);
}

// ---- What a reader does. ----

async function withKeys(browser, file) {
  const { context, page } = await open(browser, file, 1440, "light", []);
  const rows = () => page.$$eval("#tags tbody tr", (all) => all.filter((r) => !r.hidden).map((r) => r.cells[0].textContent));
  const f1s = () => page.$$eval("#tags tbody tr", (all) => all.map((r) => parseFloat(r.cells[4].textContent)));
  const rising = (await f1s()).sort((a, b) => a - b);
  await page.focus("#tags thead th:nth-child(5) button");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  check("keys: sorted by F1, rising", (await page.getAttribute("#tags thead th:nth-child(5)", "aria-sort")) === "ascending");
  check("keys: the weakest tag is first", rising.every(isFinite) && rising[0] < rising[rising.length - 1] &&
    (await f1s()).join() === rising.join());
  await page.fill("#tags input", "apple");
  check("keys: a filter keeps one row", (await rows()).join() === "VulnerabilitiesApple");
  check("keys: and says so", /1 of 34/.test(await page.textContent("#tags [role=status]")));
  await page.fill("#tags input", "");
  check("keys: an empty filter keeps all", (await rows()).length === 34);
  await page.click("#tags tbody tr:first-child a");
  await page.waitForTimeout(1500); // it scrolls smoothly
  check("a tag's name leads to its curves", await page.evaluate(() => {
    const box = document.querySelector(location.hash).getBoundingClientRect();
    return location.hash.startsWith("#tag-") && box.bottom > 0 && box.top < innerHeight;
  }));
  await context.close();
}

async function withThemes(browser, file) {
  const { context, page } = await open(browser, file, 1440, "light", []);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.click("#theme");
  const dark = await ground();
  check("the button changes the theme", light !== dark);
  check("and says what it does next", (await page.getAttribute("#theme", "aria-label")) === "Switch to the light theme");
  await page.reload();
  check("the theme is remembered", (await ground()) === dark);
  await page.emulateMedia({ media: "print" });
  check("paper is white", (await ground()) === "rgb(255, 255, 255)");
  check("paper has no navigation", !(await page.isVisible("nav")));
  await context.close();
}

async function withOddAddress(browser, file) {
  const log = [];
  const { context, page } = await open(browser, file, 1440, "light", log);
  await page.goto("about:blank");
  await page.goto(url.pathToFileURL(file).href + "#%");
  check("an address that leads nowhere: silent console", log);
  await context.close();
}

async function withoutScript(browser, file) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url.pathToFileURL(file).href);
  check("without script: the table is there", (await page.locator("#tags tbody tr").count()) === 34);
  check("without script: no dead button", !(await page.isVisible("#theme")));
  await context.close();
}

async function main() {
  fs.mkdirSync(shots, { recursive: true });
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "ttag-browser-"));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: true, args: FLAGS,
    env: { ...process.env, HOME: profile },
  });
  try {
    for (const file of fs.readdirSync(pages).filter((f) => f.endsWith(".html")).sort())
      await lookAt(browser, path.join(pages, file));
    const evaluation = path.join(pages, "evaluation.html");
    await withKeys(browser, evaluation);
    await withThemes(browser, evaluation);
    await withOddAddress(browser, evaluation);
    await withoutScript(browser, evaluation);
  } catch (e) {
    console.log("FAILED " + e.stack);
    failed++;
  }
  await browser.close();
  fs.rmSync(profile, { recursive: true, force: true });
  console.log(`\nscreenshots: ${shots}\n${passed} passed, ${failed} failed`);
  process.exit(failed || !passed ? 1 : 0);
}
main();
