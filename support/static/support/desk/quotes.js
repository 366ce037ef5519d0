// The message that an answer quotes: chosen in the thread, shown above the box.
import { box } from "./box.js";
import { write } from "./composer.js";
import { byId, chosen, on, onClick } from "./dom.js";

const kept = new Map(); // by ticket: who looks at another chat meanwhile finds it again
const isComposer = (element) => element.id === "composer";

export const quotes = () => Boolean(byId("id_quoting")?.value);

// `id` of a message and its `words`; an empty one quotes nothing.
function set(id, words = "") {
  byId("id_quoting").value = id;
  byId("quoting-text").textContent = `↩ ${words}`;
  byId("quoting").hidden = !id;
  kept.set(chosen(), [id, words]);
  document.dispatchEvent(new CustomEvent("desk:quoted"));
}

const quote = (id) => set(id, byId(`text-${id}`)?.textContent.trim().slice(0, 120) || "Picture or file");

onClick("[data-quote]", (button) => {
  quote(button.dataset.quote);
  write("reply");
});

onClick("#quoting-off", () => {
  set("");
  box().focus();
});

// With an answer that was taken back; what was quoted meanwhile stays.
on("undone", ({ detail: { quoting } }) => quoting && !quotes() && quote(quoting));

// --- Looking at another chat meanwhile -----------------------------------------------------------------
let sent = null;
on("htmx:beforeRequest", (event) => {
  if (!isComposer(event.target)) return;
  sent = kept.get(chosen());
  kept.delete(chosen());
});
on("htmx:afterRequest", (event) => {
  if (isComposer(event.target) && quotes()) kept.set(chosen(), sent); // refused
});
on("htmx:load", (event) => isComposer(event.detail.elt) && set("")); // a fresh box
on("desk:shown", () => {
  const back = kept.get(chosen());
  if (back && byId("composer")) set(...back);
});
