// Suggestions while somebody types: a mark ("/" or "@") and a few letters open a list above the box.
// The focus stays in the box, which says by `aria-activedescendant` what is chosen.
import { box, changed } from "./box.js";
import { byId, on, onClick } from "./dom.js";

let opened = null; // the list that is open: at most one
let active = null; // its chosen option
let from = -1; // where the mark stands; -1 if a button has opened the list

const offered = (list) => [...list.children].filter((option) => !option.hidden);

export const isOpen = (id) => opened?.id === id;

export function close() {
  if (!opened) return;
  opened.hidden = true;
  choose(null);
  box()?.removeAttribute("aria-controls");
  document.querySelector(`button[aria-controls=${opened.id}]`)?.setAttribute("aria-expanded", "false");
  [opened, from] = [null, -1];
}

// Opens the list `id` with all that has `words` in it.
export function open(id, words = "", at = -1) {
  const list = byId(id);
  if (opened !== list) close();
  const wanted = words.toLowerCase();
  for (const option of list.children) option.hidden = !option.textContent.toLowerCase().includes(wanted);
  if (!offered(list).length) return close();
  [opened, from] = [list, at];
  list.hidden = false;
  box().setAttribute("aria-controls", id);
  return choose(best(list, wanted));
}

// What begins with the letters comes before what only has them somewhere.
function best(list, wanted) {
  const begins = (option) => option.dataset.begins.toLowerCase().split(" ").some((word) => word.startsWith(wanted));
  return offered(list).find(begins) || offered(list)[0];
}

function choose(option) {
  active?.setAttribute("aria-selected", "false");
  active = option;
  box()?.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box().setAttribute("aria-activedescendant", option.id);
}

function take(option) {
  const start = from >= 0 ? from : box().selectionStart;
  box().setRangeText(option.dataset.text, start, box().selectionEnd, "end");
  close();
  box().focus();
  option.dispatchEvent(new CustomEvent("desk:taken", { bubbles: true }));
  changed();
}

function move(by) {
  const shown = offered(opened);
  choose(shown[(shown.indexOf(active) + by + shown.length) % shown.length]);
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => take(active),
  Tab: () => take(active),
  Escape: close,
};

on("keydown", (event) => {
  if (event.target !== box() || !opened || !(event.key in KEYS)) return;
  if (event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key]();
}, true);

onClick("#composer [role=option]", take);
on("click", (event) => {
  if (!event.target.closest("#composer [role=listbox], [aria-haspopup=listbox], #id_text")) close();
});

on("desk:said", close);
on("desk:shown", close);

// Opens the list `id` behind what `pattern` finds before the cursor: the letters are its first group.
export function suggest(id, pattern, isWanted = () => true) {
  on("input", (event) => {
    if (event.target !== box()) return;
    const before = box().value.slice(0, box().selectionStart);
    const found = isWanted() && byId(id)?.children.length && before.match(pattern);
    if (found) open(id, found[1], before.length - found[1].length - 1);
    else if (isOpen(id)) close();
  });
}
