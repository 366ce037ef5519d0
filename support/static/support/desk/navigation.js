// From ticket to ticket without loading the page; the browser's back leads back.
import { PATIENCE, ask, busy, byId, chosen, desk, on, onClick } from "./dom.js";
import { name } from "./title.js";

export function mark(ticket) {
  for (const link of document.querySelectorAll("#queue-rows [data-open]")) {
    if (link.dataset.open === ticket) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// The address of the queue as it is, with `ticket` chosen ("" for none).
function addressOf(ticket) {
  const query = new URLSearchParams(new FormData(byId("queue-form")));
  for (const [name, value] of [...query]) if (!value) query.delete(name);
  return `${desk.dataset.home}${ticket ? `${ticket}/` : ""}?${query}`;
}

// One after the other: htmx keeps the second of two waiting and says at once that it is there.
let [latest, underway] = [0, Promise.resolve()];
async function show(address, ticket) {
  const turn = (latest += 1);
  mark(ticket);
  busy(true);
  await underway;
  if (turn !== latest) return; // somebody clicks fast: the last one counts
  underway = window.htmx.ajax("GET", address, { target: "#stage", swap: "innerHTML", source: "#stage" }).catch(() => {});
  await underway; // what did not arrive is said in connection.js
  if (turn !== latest) return;
  busy(false);
  if (chosen() !== ticket) return;
  mark(ticket); // the queue may have been brought up to date in between
  desk.dataset.view = ticket ? "thread" : "queue";
  desk.classList.remove("with-drawer");
  name(ticket ? byId("chat-title").textContent.trim() : "Support desk");
  document.dispatchEvent(new CustomEvent("desk:shown"));
  const goal = byId("chat-title") || document.querySelector("#queue-rows a") || byId("queue_q");
  goal?.focus({ preventScroll: true });
  ask(); // what was unread is seen now
}

export function open(ticket) {
  const address = addressOf(ticket);
  if (address !== location.pathname + location.search) history.pushState({ ticket }, "", address);
  return show(address, ticket);
}

// After the queue's form has changed: so that a reload finds the same queue.
export function remember() {
  history.replaceState({ ticket: chosen() }, "", addressOf(chosen()));
}

onClick("[data-open]", (link, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link.dataset.open);
});

window.addEventListener("popstate", () => {
  const ticket = location.pathname.match(/(\d+)\/$/)?.[1] || "";
  show(location.pathname + location.search, ticket);
});

// A line that died without a word keeps nobody from the next chat.
on("htmx:beforeSend", ({ target, detail: { xhr } }) => {
  if (target.id === "stage") xhr.timeout = PATIENCE;
});

on("htmx:responseError", (event) => {
  if (event.target.id === "stage" && event.detail.xhr.status === 404) location.reload();
});
