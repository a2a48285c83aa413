// Saves answers while people type. Every change goes into a queue on this device first and leaves it only when the server has
// acknowledged it, so a lost connection, a reload or a closed tab loses nothing. Without this script the buttons of the form do it all.
"use strict";

const form = document.getElementById("form");
const PREFIX = "servimeter:";
const LEASE = 30000; // a queue that no tab has touched for so long belongs to nobody

// --- Queues: one per tab, so that two tabs never overwrite each other's unsent answers ---------------------------------------

const queues = {
  base: `${PREFIX}${form.dataset.user}:${form.dataset.assessment}:`,
  adopted: [],
  get own() {
    let tab = sessionStorage.getItem("servimeter-tab");
    if (!tab) sessionStorage.setItem("servimeter-tab", (tab = Math.random().toString(36).slice(2)));
    return this.base + tab;
  },
  read(key) {
    try { return JSON.parse(localStorage.getItem(key)) || { touched: 0, entries: {} }; } catch { return { touched: 0, entries: {} }; }
  },
  write(key, entries, touched = Date.now()) {
    try {
      if (Object.keys(entries).length) localStorage.setItem(key, JSON.stringify({ touched, entries }));
      else localStorage.removeItem(key);
    } catch { /* storage is full or forbidden: answers are still sent, only not kept over a reload */ memory[key] = entries; }
  },
  entries(key) { return memory[key] || this.read(key).entries; },
  put(key, question, entry) { this.write(key, { ...this.entries(key), [question]: entry }); },
  drop(key, question) { const rest = { ...this.entries(key) }; delete rest[question]; delete memory[key]; this.write(key, rest); },
  adopt() {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(this.base) && key !== this.own && !this.adopted.includes(key) && Date.now() - this.read(key).touched > LEASE) this.adopted.push(key);
    }
  },
  all() {
    return [this.own, ...this.adopted].flatMap((key) => Object.entries(this.entries(key)).map(([question, entry]) => ({ key, question, entry })));
  },
  touch(moment) { for (const key of [this.own, ...this.adopted]) this.write(key, this.entries(key), moment); },
};
const memory = {};

// --- The page ---------------------------------------------------------------------------------------------------------------

const sectionOf = (question) => form.querySelector(`[data-question="${CSS.escape(question)}"]`);
const controls = (section) => [...section.querySelectorAll("input[name], select[name], textarea[name]")].filter((one) => one.type !== "hidden" && !one.name.endsWith(":keep"));
const isMark = (control) => control.type === "radio" || control.type === "checkbox";
const revisionOf = (section) => section.querySelector(`input[name="${CSS.escape(section.dataset.question)}:revision"]`);

// What is hidden keeps its answer, but nobody could mend a fault there.
const isUnseenFault = (control) => control.getAttribute("aria-invalid") && control.closest("[data-scope][hidden]");

function fieldsOf(section) {
  return controls(section).filter((one) => !one.disabled && (!isMark(one) || one.checked) && !isUnseenFault(one)).map((one) => [one.name, one.value]);
}

function fill(section, fields) {
  for (const one of controls(section)) {
    const values = fields.filter(([name]) => name === one.name).map(([, value]) => value);
    if (isMark(one)) one.checked = values.includes(one.value);
    else one.value = values.at(-1) ?? "";
  }
  section.dispatchEvent(new CustomEvent("filled", { bubbles: true }));
}

const bar = document.querySelector("[data-save-state]");
function show(kind, text, section, button) {
  if (section) {
    const state = section.querySelector("[data-state]");
    state.dataset.kind = kind;
    state.replaceChildren(text, ...(button ? [" ", button] : []));
  }
}
function overall() {
  const waiting = queues.all();
  const kind = stopped || (waiting.some(({ entry }) => entry.conflict) ? "conflict" : waiting.some(({ entry }) => entry.refused) ? "refused"
    : waiting.length ? (offline ? "offline" : "saving") : lastSaved ? "saved" : "");
  if (!kind) return;
  bar.dataset.kind = kind;
  bar.textContent = kind === "saved" ? savedText() : form.dataset[kind];
}
const clockText = (moment) => moment.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
const savedText = () => form.dataset.saved.replace("{time}", clockText(lastSaved));

function showFaults(section, faults) {
  clearFaults(section);
  section.classList.add("has-error");
  for (const [name, text] of Object.entries(faults)) {
    const message = Object.assign(document.createElement("p"), { className: "field-error", id: `${name}-error`, textContent: text });
    const target = document.getElementById(name) || section;
    if (target.matches("input, select, textarea")) {
      (target.closest(".with-unit") || target).after(message);
      target.setAttribute("aria-invalid", "true");
      target.dataset.described ??= target.getAttribute("aria-describedby") || "";
      target.setAttribute("aria-describedby", `${target.dataset.described} ${name}-error`.trim());
    } else (target.querySelector("legend, .ask") || target.firstElementChild).after(message);
  }
}

function clearFaults(section) {
  section.classList.remove("has-error");
  for (const one of section.querySelectorAll(".field-error")) one.remove();
  for (const one of section.querySelectorAll("[aria-invalid]")) {
    one.removeAttribute("aria-invalid");
    if (one.dataset.described !== undefined) one.setAttribute("aria-describedby", one.dataset.described);
  }
}

function refresh(page) {
  const hidden = new Set(page.hidden);
  for (const part of form.querySelectorAll("[data-scope]")) {
    part.hidden = hidden.has(part.dataset.scope);
    for (const one of part.querySelectorAll(":scope > [data-inputs]")) one.disabled = part.hidden;
  }
  for (const [question, markup] of Object.entries(page.concerns)) concerned(sectionOf(question), markup);
  doubt();
  for (const [id, markup] of Object.entries(page.computed)) replace(`[data-computed="${CSS.escape(id)}"]`, markup);
  replace("[data-interval]", page.interval);
  replace("[data-contents]", page.contents);
  form.dispatchEvent(new CustomEvent("refreshed"));
}

// What does not fit together: under its question, and at its fields; what wants explaining opens the note when it comes up.
function concerned(section, markup) {
  const place = section?.querySelector("[data-concerns]");
  if (!place || place.innerHTML === markup || place.contains(document.activeElement)) return;
  const before = new Set([...place.querySelectorAll("[data-unexplained]")].map((one) => one.id));
  place.innerHTML = markup;
  if ([...place.querySelectorAll("[data-unexplained]")].some((one) => !before.has(one.id))) section.querySelector("[data-note]").open = true;
}

function doubt() {
  const at = {};
  for (const one of form.querySelectorAll(".concerns > li")) for (const name of one.dataset.fields.split(" ")) (at[name] ??= []).push(one.id);
  for (const one of form.querySelectorAll("[data-doubt]")) if (!at[one.name]) described(one, []);
  for (const [name, ids] of Object.entries(at)) for (const one of document.getElementsByName(name)) described(one, ids);
}

function described(control, ids) {
  const others = (control.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && !id.startsWith("concern-"));
  control.toggleAttribute("data-doubt", ids.length > 0);
  if (control.dataset.described !== undefined) control.dataset.described = [...others.filter((id) => !id.endsWith("-error")), ...ids].join(" ");
  if (others.length + ids.length) control.setAttribute("aria-describedby", [...others, ...ids].join(" "));
  else control.removeAttribute("aria-describedby");
}
function replace(selector, markup) {
  for (const place of document.querySelectorAll(selector)) if (!place.contains(document.activeElement) && place.innerHTML !== markup) place.innerHTML = markup;
}

// --- Sending ----------------------------------------------------------------------------------------------------------------

let lastSaved = null, offline = false, stopped = "", running = null, pause = 0, timer = 0;

function changed(section, delay) {
  const question = section.dataset.question;
  const before = queues.entries(queues.own)[question];
  const entry = { fields: fieldsOf(section), revision: before?.revision ?? revisionOf(section).value, stamp: Math.random() };
  queues.put(queues.own, question, entry);
  show("waiting", form.dataset.waiting, section);
  plan(delay);
}

function plan(delay) {
  clearTimeout(timer);
  timer = setTimeout(flush, delay);
}

function flush() {
  clearTimeout(timer);
  running ??= sendAll().finally(() => { running = null; overall(); if (ready().length && !stopped) plan(pause || 50); });
  overall();
  return running;
}
const ready = () => queues.all().filter(({ entry }) => !entry.refused && !entry.conflict);

async function sendAll() {
  for (let next; (next = ready()[0]) && !stopped; ) if (!(await send(next))) return;
}

async function post({ question, entry }, options = {}) {
  const body = new URLSearchParams([...entry.fields, [`${question}:revision`, entry.revision], ["page", form.dataset.page]]);
  if (entry.keep) body.append(`${question}:keep`, entry.keep);
  const token = document.querySelector('meta[name="csrf-token"]').content;
  return fetch(form.dataset.answers + encodeURIComponent(question), { method: "POST", body, headers: { Accept: "application/json", "X-CSRF-Token": token }, redirect: "error", ...options });
}

async function send(item) {
  const section = sectionOf(item.question);
  show("saving", form.dataset.saving, section);
  let response, answer;
  try {
    response = await post(item, { signal: AbortSignal.timeout(20000) });
    answer = await response.json();
  } catch { return wait(section); }
  if (response.status >= 500 || response.status === 429) return wait(section);
  offline = false; pause = 0;
  if (response.ok) accepted(item, section, answer);
  else if (response.status === 422 && answer.fields) refused(item, section, answer.fields);
  else if (response.status === 409 && answer.theirs) conflicting(item, section, answer);
  else return stop(section, response.status, answer.error);
  return true;
}

function wait(section) {
  offline = true;
  pause = Math.min(30000, (pause || 1500) * 2);
  show("offline", form.dataset.waiting, section);
  return false;
}

function accepted({ key, question, entry }, section, answer) {
  const now = queues.entries(key)[question];
  if (now && now.stamp !== entry.stamp) queues.put(key, question, { ...now, revision: answer.revision });
  else queues.drop(key, question);
  lastSaved = new Date();
  if (section) {
    revisionOf(section).value = answer.revision;
    show("saved", wantsDegree(section) ? form.dataset.degree : form.dataset.saved.replace("{time}", clockText(lastSaved)), section);
  }
  gently(() => {
    if (section) clearFaults(section);
    section?.querySelector(".conflict")?.remove();
    refresh(answer);
  });
}

function wantsDegree(section) {
  const step = section.querySelector(".step:has(> .pick > input:checked)");
  return step?.querySelector(".degree") && !step.querySelector(".degree input:checked");
}

function refused({ key, question, entry }, section, faults) {
  if (queues.entries(key)[question]?.stamp === entry.stamp) queues.put(key, question, { ...entry, refused: true });
  if (!section) return;
  gently(() => showFaults(section, faults));
  show("refused", form.dataset.refused, section);
}

function stop(section, status, message) {
  stopped = "stopped";
  show("refused", form.dataset.stopped, section);
  const hint = document.querySelector("[data-save-hint]");
  hint.textContent = status === 401 ? form.dataset.signedOut : message || form.dataset.stopped;
  if (status === 401) hint.append(" ", Object.assign(document.createElement("a"), { href: `/sign-in?next=${encodeURIComponent(location.pathname)}`, textContent: form.dataset.signIn }));
  hint.setAttribute("role", "alert");
  return false;
}

// --- Two answers to one question --------------------------------------------------------------------------------------------

const dialog = document.getElementById("conflict");
const undecided = [];

function conflicting({ key, question, entry }, section, answer) {
  queues.put(key, question, { ...entry, conflict: true });
  undecided.push({ key, question, section, answer });
  const again = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-small", textContent: form.dataset.decide });
  again.addEventListener("click", ask);
  show("conflict", form.dataset.conflict, section, again);
  ask();
}

function ask() {
  const [first] = undecided;
  if (!first || dialog.open) return;
  dialog.returnValue = "";
  dialog.querySelector("[data-name]").textContent = first.answer.name;
  dialog.querySelector("[data-by]").textContent = first.answer.by;
  for (const side of ["mine", "theirs"]) dialog.querySelector(`[data-${side}]`).replaceChildren(...first.answer[side].map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  dialog.showModal();
}

dialog.addEventListener("close", () => {
  if (!dialog.returnValue) return;
  const { key, question, section, answer } = undecided.shift();
  const theirs = Object.entries(answer.fields).flatMap(([name, values]) => values.map((value) => [name, value])).filter(([name]) => !name.endsWith(":revision"));
  const mine = dialog.returnValue === "mine";
  const entry = { fields: mine ? queues.entries(key)[question].fields : theirs, revision: String(answer.revision), stamp: Math.random(), ...(mine && { keep: "mine" }) };
  queues.put(key, question, entry);
  if (section) { fill(section, entry.fields); revisionOf(section).value = answer.revision; }
  flush();
  ask();
});

// --- Events -----------------------------------------------------------------------------------------------------------------

function edited(event, delay) {
  const section = event.target.closest?.("[data-question]");
  if (section && event.target.name && event.target.type !== "hidden") changed(section, delay);
}

form.addEventListener("input", (event) => {
  if (!isMark(event.target)) edited(event, 900);
});
form.addEventListener("change", (event) => {
  const control = event.target;
  if (control.type === "checkbox" && control.name.indexOf(":") < 0) excludeOthers(control);
  if (control.matches(".figure, .cell")) control.value = grouped(control.value);
  edited(event, 60);
});

function excludeOthers(control) {
  if (!control.checked) return;
  const alone = "exclusive" in control.dataset;
  for (const one of form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(control.name)}"]`)) {
    if (one !== control && (alone || "exclusive" in one.dataset)) one.checked = false;
  }
}

function grouped(text) {
  const plain = /^([+-]?)(\d{4,15})(\.\d*)?$/.exec(text.trim());
  return plain ? plain[1] + plain[2].replace(/\B(?=(\d{3})+$)/g, ",") + (plain[3] || "") : text;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clear]");
  if (!button) return;
  event.preventDefault();
  const section = button.closest("[data-question]");
  const note = fieldsOf(section).filter(([name]) => name === `${section.dataset.question}:note`);
  fill(section, note);
  changed(section, 0);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const to = event.submitter?.value || form.dataset.page;
  await flush();
  if (queues.all().length) {
    const problem = queues.all().map(({ question }) => sectionOf(question)).find(Boolean);
    if (undecided.length) ask();
    else (problem?.querySelector("[aria-invalid]") || problem?.querySelector("input:not([type=hidden]), textarea"))?.focus();
    problem?.scrollIntoView({ block: "center" });
    return;
  }
  if (to === form.dataset.page) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: to }));
  form.submit();
});

for (const out of document.querySelectorAll('form[action="/sign-out"]')) {
  out.addEventListener("submit", (event) => {
    if (queues.all().length && !window.confirm(form.dataset.leave)) { event.preventDefault(); return; }
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    stopped = "stopped";
  });
}

window.addEventListener("online", () => { pause = 0; flush(); });
window.addEventListener("offline", () => { offline = true; overall(); });
window.addEventListener("pagehide", () => {
  if (stopped) return;
  for (const item of ready()) post(item, { keepalive: true }).catch(() => {});
  queues.touch(0);
});

function restore() {
  for (const { question, entry } of queues.all()) {
    const section = sectionOf(question);
    if (section) { fill(section, entry.fields); show("waiting", form.dataset.waiting, section); }
  }
  for (const { key, question, entry } of queues.all()) if (entry.refused || entry.conflict) queues.put(key, question, { ...entry, refused: false, conflict: false });
}

document.documentElement.classList.add("with-script");
if (!form.querySelector("fieldset.bare[disabled]:not([data-inputs])")) {
  queues.adopt();
  restore();
  if (queues.all().length) flush();
  setInterval(() => { if (queues.all().length) queues.touch(); queues.adopt(); if (ready().length && !running) flush(); }, 10000);
}
