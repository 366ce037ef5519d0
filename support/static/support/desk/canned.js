// Ready-made replies: type "/" and a few letters, or press the button.
import { byId, on, onClick } from "./dom.js";

let from = -1; // where the "/" stands
let active = null;

const box = () => byId("id_text");
const list = () => byId("canned");
const options = () => [...list().children].filter((option) => !option.hidden);

function close() {
  if (!list()) return;
  list().hidden = true;
  from = -1;
  select(null);
  byId("canned-button")?.setAttribute("aria-expanded", "false");
}

function select(option) {
  active?.setAttribute("aria-selected", "false");
  active = option;
  box().removeAttribute("aria-activedescendant");
  if (!option) return;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box().setAttribute("aria-activedescendant", option.id);
}

function filter(words) {
  const wanted = words.toLowerCase();
  for (const option of list().children) {
    const { shortcut, text } = option.dataset;
    option.hidden = !`${shortcut} ${text}`.toLowerCase().includes(wanted);
  }
  // What the shortcut begins with comes before what only the words contain.
  const best = options().find((option) => option.dataset.shortcut.startsWith(`/${wanted}`));
  select(best || options()[0] || null);
  list().hidden = !options().length;
}

// The "/" that begins a word before the cursor, and what follows it.
function typed() {
  const before = box().value.slice(0, box().selectionStart);
  return before.match(/(?:^|\s)\/([\w-]*)$/);
}

function look() {
  const found = typed();
  if (!found || !list()?.children.length) return close();
  from = box().selectionStart - found[1].length - 1;
  return filter(found[1]);
}

function take(option) {
  const start = from >= 0 ? from : box().selectionStart;
  box().setRangeText(option.dataset.text, start, box().selectionEnd, "end");
  close();
  box().focus();
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

function move(by) {
  const shown = options();
  const next = (shown.indexOf(active) + by + shown.length) % shown.length;
  select(shown[next]);
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => take(active),
  Tab: () => take(active),
  Escape: close,
};

on("input", (event) => event.target === box() && look());

on("keydown", (event) => {
  if (event.target !== box() || !list() || list().hidden || !active) return;
  if (!(event.key in KEYS) || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}, true);

onClick("#canned-button", () => {
  const wasOpen = !list().hidden;
  close();
  box().focus();
  if (wasOpen) return;
  filter("");
  byId("canned-button").setAttribute("aria-expanded", "true");
});

onClick("#canned [role=option]", take);
on("click", (event) => {
  if (!event.target.closest("#canned, #canned-button, #id_text")) close();
});
