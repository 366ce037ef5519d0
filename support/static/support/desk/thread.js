// The thread: it stays at its end, or where the reader is.
import { ask, byId, on, onClick } from "./dom.js";

const NEAR = 80; // pixels
let wasAtEnd = true;
let lastTop = 0;
let lastShown = "";
let fromEnd = null; // the reader's place while earlier messages come

const thread = () => byId("thread");
const newest = () => byId("thread-lines")?.lastElementChild?.id || "";
const isAtEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;

function toEnd() {
  thread().scrollTop = thread().scrollHeight;
  lastTop = thread().scrollTop;
  byId("newer").hidden = true;
  lastShown = newest();
}

function settle() {
  const box = thread();
  if (!box) return;
  if (fromEnd !== null) {
    box.scrollTop = box.scrollHeight - fromEnd;
    fromEnd = null;
  } else if (wasAtEnd) toEnd();
  byId("newer").hidden = newest() === lastShown;
}

function earlier(link) {
  if (fromEnd !== null) return;
  fromEnd = thread().scrollHeight - thread().scrollTop;
  byId("thread-show").value = link.dataset.show;
  byId("thread-version").value = "";
  ask();
}

// What opens above or below the thread leaves it at its end.
const resized = new ResizeObserver(() => {
  if (thread() && wasAtEnd) toEnd();
});

function arrive() {
  resized.disconnect();
  if (!thread()) return;
  wasAtEnd = true;
  fromEnd = null;
  toEnd();
  byId("new-from")?.scrollIntoView({ block: "center" });
  wasAtEnd = isAtEnd(thread());
  resized.observe(thread());
}

// A choice, or a click elsewhere, closes the reactions.
const closeChoices = (but) => document.querySelectorAll(".desk-react[open]").forEach((one) => (one.open = one === but));
on("submit", (event) => event.target.closest(".desk-react") && closeChoices(null));
on("click", (event) => closeChoices(event.target.closest(".desk-react")));

on("scroll", (event) => {
  if (event.target !== thread()) return;
  // Who has not moved up is still at the end, though a picture has grown there meanwhile.
  const hasMovedUp = thread().scrollTop < lastTop;
  lastTop = thread().scrollTop;
  wasAtEnd = isAtEnd(thread()) || (wasAtEnd && !hasMovedUp);
  if (wasAtEnd) byId("newer").hidden = true;
  if (thread().scrollTop < NEAR && byId("earlier")) earlier(byId("earlier").firstElementChild);
}, true);

on("load", (event) => {
  if (event.target.matches?.("#thread img") && wasAtEnd) toEnd(); // pictures arrive late
}, true);

onClick("#newer", () => {
  toEnd();
  wasAtEnd = true;
});

onClick("#earlier a", (link, event) => {
  event.preventDefault();
  earlier(link);
});

onClick(".desk-unfold[aria-controls]", (button) => {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  byId(button.getAttribute("aria-controls")).toggleAttribute("data-unfolded", !isOpen);
  button.setAttribute("aria-expanded", String(!isOpen));
  button.textContent = isOpen ? "Show more" : "Show less";
});

// What the reader has opened stays open when its lines are brought up to date.
const KEPT = new Set(["open", "data-unfolded"]);
window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name) => !KEPT.has(name);
window.Idiomorph.defaults.callbacks.beforeNodeMorphed = (node) =>
  !(node.classList?.contains("desk-planned") && node.open) && // somebody edits it
  !node.classList?.contains("desk-company") && // the browser writes it
  !(node.classList?.contains("desk-unfold") && node.getAttribute("aria-expanded") === "true");

on("desk:refreshed", settle);
// One's own words are seen when they come, wherever one was reading.
const follow = () => (wasAtEnd = true);
on("desk:said", follow);
on("answered", follow);
on("desk:shown", arrive);
arrive();
