// Asks how far the report is and moves the bar; loads the page again when the report is ready or has failed.
// Without JavaScript the page reloads itself instead (a refresh inside noscript).
"use strict";

const job = document.querySelector("[data-status]");
const words = job.querySelector(".report-words");
const bar = job.querySelector("progress");
const PAUSE = 700;

async function look() {
  const response = await fetch(job.dataset.status, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const state = await response.json();
  if (state.status === "done" || state.status === "failed") {
    location.reload();
    return;
  }
  bar.value = state.progress;
  if (words.textContent !== state.words) words.textContent = state.words;
}

setInterval(() => look().catch(() => undefined), PAUSE);
