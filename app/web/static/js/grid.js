// Tables as a clerk knows them from a spreadsheet: paste a block, move with arrows and Enter, totals that add up, a unit to type in.
// form.js saves; here cells are only read and set. Without this script every cell is a plain field.
"use strict";

const PREFERRED = "servimeter-unit"; // the unit last chosen on this device
const PLACES = 12; // decimals of a converted figure

// --- Exact decimals: [n, d] stands for n / 10^d --------------------------------------------------------------------------------

const plain = (text) => text.normalize("NFKC").replace(/[−–—]/g, "-").replace(/[\s,'’]/g, "");

function decimal(text) {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(plain(text));
  if (!found || !(found[2] || found[3])) return null;
  const fraction = found[3] || "";
  return [BigInt(`${found[1] === "-" ? "-" : ""}${found[2] || "0"}${fraction}`), fraction.length];
}

function plus([a, d], [b, e]) {
  const places = Math.max(d, e);
  return [a * 10n ** BigInt(places - d) + b * 10n ** BigInt(places - e), places];
}

// value · from / to, rounded half up where it does not end
function converted([n, d], [f, fd], [t, td]) {
  const top = n * f * 10n ** BigInt(td + PLACES + 1), bottom = t * 10n ** BigInt(d + fd);
  const raw = top / bottom;
  return [(raw + (raw < 0n ? -5n : 5n)) / 10n, PLACES];
}

function written([n, d]) {
  const digits = (n < 0n ? -n : n).toString().padStart(d + 1, "0");
  const whole = digits.slice(0, digits.length - d), fraction = digits.slice(digits.length - d).replace(/0+$/, "");
  return (n < 0n ? "-" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ? `.${fraction}` : "");
}

// --- The table ---------------------------------------------------------------------------------------------------------------

const shown = (parts) => [...parts].filter((one) => !one.hidden);
const control = (cell) => cell.querySelector(".cell, .cell-choice, .cell-words");
const rows = (grid) => shown(grid.tBodies[0].rows).map((row) => shown(row.querySelectorAll(":scope > td")).map(control));
const own = (event) => event.target.closest?.("[data-grid]");

function place(grid, target) {
  const lines = rows(grid);
  const row = lines.findIndex((line) => line.includes(target));
  return { lines, row, column: row < 0 ? -1 : lines[row].indexOf(target) };
}

function addUp(grid) {
  for (const total of grid.querySelectorAll("[data-total]")) {
    const cells = [...grid.tBodies[0].querySelectorAll(`tr:not([hidden]) > td:not([hidden]) > .cell[data-shared][name$="${CSS.escape(`:${total.dataset.total}`)}"]`)];
    const figures = cells.map((one) => decimal(one.value)).filter(Boolean);
    total.textContent = figures.length ? written(figures.reduce(plus)) : "";
  }
}
const addAllUp = () => form.querySelectorAll("[data-grid]").forEach(addUp);

// --- Setting many cells at once, with a way back ------------------------------------------------------------------------------

function set(grid, changes, message) {
  const before = changes.map(([one]) => [one, one.value]);
  put(grid, changes);
  notify(grid, message, changes.length && (() => { put(grid, before); notify(grid, form.dataset.undone); before[0][0].focus(); }));
}

function put(grid, changes) {
  for (const [one, value] of changes) one.value = value;
  addUp(grid);
  if (changes.length) changes[0][0].dispatchEvent(new Event("change", { bubbles: true }));
}

function notify(grid, message, undo) {
  const notice = grid.closest("[data-question]").querySelector("[data-notice]");
  notice.replaceChildren(message);
  if (!undo) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: form.dataset.undo });
  button.addEventListener("click", undo);
  notice.append(" ", button);
}
// Later changes are not taken back with a paste, nor are figures put back in another unit.
const forget = (part) => part.closest("[data-question]").querySelector("[data-notice]")?.replaceChildren();
const say = (key, parts) => form.dataset[key].replace(/\{(\w+)\}/g, (_, name) => parts[name]);

// --- Paste -------------------------------------------------------------------------------------------------------------------

// Lines and cells of what a spreadsheet copies: cells with a line break or a tab stand in quotes, quotes in them doubled.
function block(text) {
  const lines = [[]];
  let cell = "", quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') { cell += char; at++; }
      else quoted = false;
    } else if (char === '"' && !cell) quoted = true;
    else if (char === "\t") { lines.at(-1).push(cell); cell = ""; }
    else if (char === "\n" || char === "\r") {
      if (char === "\r" && text[at + 1] === "\n") at++;
      lines.at(-1).push(cell); cell = "";
      lines.push([]);
    } else cell += char;
  }
  lines.at(-1).push(cell);
  if (lines.length > 1 && lines.at(-1).join("") === "") lines.pop();
  return lines;
}

// What the cell would hold, or null when that does not fit.
function fitting(target, text) {
  const typed = text.trim();
  if (!typed) return "";
  if (target.matches(".cell-words")) return typed.length > target.maxLength ? null : typed.replace(/\s+/g, " ");
  if (target.matches(".cell-choice")) {
    const alike = (words) => words.normalize("NFKC").replace(/\s/g, "").toLowerCase();
    return [...target.options].find((one) => one.value && [one.value, one.text].some((words) => alike(words) === alike(typed)))?.value ?? null;
  }
  return figure(typed, "percent" in target.dataset);
}

// Thousands separators, full-width digits, currency signs, accountants' brackets; a percent sign only where the unit is percent.
function figure(typed, percent) {
  let text = plain(typed).replace(/^([+-]?)[¥$€]/, "$1");
  const brackets = /^\((.*)\)$/.exec(text);
  if (brackets) text = `-${brackets[1].replace(/^[¥$€]/, "")}`;
  if (text.endsWith("%") && percent) text = text.slice(0, -1);
  const value = decimal(text);
  return value && written(value);
}

function paste(event) {
  const grid = own(event), text = event.clipboardData?.getData("text/plain") || "";
  if (!grid || !event.target.matches(".cell, .cell-choice, .cell-words") || event.target.matches(":disabled")) return;
  const lines = block(text);
  const single = lines.length === 1 && lines[0].length === 1;
  if (single && event.target.matches(".cell-words")) return;
  if (single && event.target.matches(".cell") && figure(text, "percent" in event.target.dataset) === null) return;
  event.preventDefault();
  const { lines: cells, row, column } = place(grid, event.target);
  const changes = [], misfits = [];
  let outside = 0;
  lines.forEach((line, down) => line.forEach((words, right) => {
    const target = cells[row + down]?.[column + right];
    if (!target) { if (words.trim()) outside++; return; }
    const value = fitting(target, words);
    if (value === null) misfits.push(`${target.getAttribute("aria-label")} “${words.trim().slice(0, 20)}”`);
    else changes.push([target, value]);
  }));
  const message = [say("pasted", { count: changes.length })];
  if (misfits.length) message.push(say("misfits", { count: misfits.length, cells: misfits.slice(0, 3).join(document.documentElement.lang === "en" ? "; " : "；") + (misfits.length > 3 ? form.dataset.also : "") }));
  if (outside) message.push(say("outside", { count: outside }));
  set(grid, changes, single && changes.length ? "" : message.join(" "));
}

function fillBlanks(button) {
  const grid = button.closest("[data-question]").querySelector("[data-grid]");
  const blanks = rows(grid).flat().filter((one) => one.matches(".cell") && !one.value.trim());
  set(grid, blanks.map((one) => [one, "0"]), blanks.length ? say("zeroed", { count: blanks.length }) : form.dataset.noBlanks);
}

// --- Keys --------------------------------------------------------------------------------------------------------------------

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function step(event) {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === "Enter") return event.target.matches("select") ? null : [event.shiftKey ? -1 : 1, 0];
  const found = event.shiftKey ? null : STEPS[event.key];
  if (!found || event.target.matches("select")) return null; // arrows choose among its options
  const { value, selectionStart: start, selectionEnd: end } = event.target;
  const all = start === 0 && end === value.length;
  if (event.key === "ArrowLeft" && !all && (start !== 0 || end !== 0)) return null;
  if (event.key === "ArrowRight" && !all && (start !== value.length || end !== value.length)) return null;
  return found;
}

function move(event) {
  const grid = own(event);
  if (!grid || !event.target.matches(".cell, .cell-choice, .cell-words")) return;
  const found = step(event);
  if (!found) return;
  event.preventDefault(); // Enter does not send the form
  const { lines, row, column } = place(grid, event.target);
  const next = lines[row + found[0]]?.[column + found[1]];
  if (!next) return;
  next.focus();
  next.select?.();
}

// --- Units -------------------------------------------------------------------------------------------------------------------

const chosen = (select) => select.selectedOptions[0];
const units = () => form.querySelectorAll("select[data-units]");
const remember = (select) => { select.dataset.was = chosen(select).dataset.factor; };

function convert(select) {
  const from = decimal(select.dataset.was), to = decimal(chosen(select).dataset.factor);
  for (const one of select.closest("[data-question]").querySelectorAll(".figure, .cell[data-shared]")) {
    const value = decimal(one.value);
    if (value) one.value = written(converted(value, from, to));
  }
  remember(select);
  forget(select);
  addAllUp();
}

// The unit that this person chose before, in every question that offers it; what is stored does not change.
function prefer(label) {
  for (const select of units()) {
    const option = [...select.options].find((one) => one.text === label);
    if (!option || option.selected || select.matches(":disabled")) continue;
    option.selected = true;
    convert(select);
  }
}
const preferred = () => { try { return localStorage.getItem(PREFERRED); } catch { return null; } };

// --- Events ------------------------------------------------------------------------------------------------------------------

form.addEventListener("change", (event) => {
  if (!event.target.matches("select[data-units]")) return;
  convert(event.target);
  try { localStorage.setItem(PREFERRED, chosen(event.target).text); } catch { /* the choice holds for this page */ }
}, true); // before form.js sends what stands in the fields
form.addEventListener("input", (event) => { const grid = own(event); if (grid) { forget(grid); addUp(grid); } });
form.addEventListener("change", (event) => { const grid = own(event); if (grid) addUp(grid); });
form.addEventListener("filled", (event) => { event.target.querySelectorAll("select[data-units]").forEach(remember); forget(event.target); addAllUp(); });
form.addEventListener("refreshed", addAllUp);
form.addEventListener("paste", paste);
form.addEventListener("keydown", move);
form.addEventListener("click", (event) => { const button = event.target.closest("[data-zero]"); if (button) fillBlanks(button); });

// A note on a row opens beside its button, where the browser can place it.
form.addEventListener("toggle", (event) => {
  const note = event.target, button = note.matches?.("[popover]") && event.newState === "open" && form.querySelector(`[popovertarget="${CSS.escape(note.id)}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect(), edge = document.documentElement;
  note.style.margin = "0";
  note.style.left = `${Math.max(8, Math.min(at.left, edge.clientWidth - note.offsetWidth - 8))}px`;
  note.style.top = `${Math.max(8, Math.min(at.bottom + 4, edge.clientHeight - note.offsetHeight - 8))}px`;
}, true);

units().forEach(remember);
if (preferred()) prefer(preferred());
addAllUp();
