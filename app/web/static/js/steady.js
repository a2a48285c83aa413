// Nothing moves under a hand.
// What an answer from the server changes on the page waits while a button or finger is down, or the click would land on something
// else; and it leaves what people point at, or type in, where it stands, though questions open or close above it.

"use strict";

let pressed = false, lifted = 0, pointer = null;
const held = [];

function gently(change) {
  if (pressed) { held.push(change); return; }
  const marks = landmarks().map((one) => [one, one.getBoundingClientRect().top]);
  change();
  const [kept, top] = marks.find(([one]) => one.getClientRects().length) || [];
  if (kept) window.scrollBy({ top: kept.getBoundingClientRect().top - top, behavior: "instant" });
}

// What should stay where it is, the most wanted first: what is pointed at or typed in, its question, the questions in view.
function landmarks() {
  const near = pointer ? document.elementFromPoint(...pointer) : document.activeElement;
  const own = near?.closest("[data-question]");
  return [...(own ? [near, own] : []), ...document.querySelectorAll("[data-scope]")].filter(inView);
}

function inView(one) {
  const { top, bottom } = one.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

function release() {
  clearTimeout(lifted);
  lifted = 0;
  pressed = false;
  if (held.length) gently(() => held.splice(0).forEach((change) => change()));
}

function hand(event) {
  pointer = [event.clientX, event.clientY];
  if (event.buttons) { clearTimeout(lifted); lifted = 0; pressed = true; }
  else if (pressed) lifted ||= setTimeout(release, 400); // most often the click comes first
}
for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) window.addEventListener(kind, hand, { capture: true, passive: true });
window.addEventListener("click", release);
window.addEventListener("keydown", () => { pointer = null; }, true);
