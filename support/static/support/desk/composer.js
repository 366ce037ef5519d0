// The reply box: drafts, quotes, Enter, and what may be sent now.
import { byId, on, onClick, post } from "./dom.js";

const box = () => byId("id_text");
const key = () => `edubot-draft-${byId("composer").dataset.ticket}`;
const modes = () => [...document.querySelectorAll("#composer [name=mode]")];
const mode = () => modes().find((radio) => radio.checked);
const PLACEHOLDERS = { reply: "Write a reply …", note: "Write a note; only your colleagues read it …" };

export function write(kind) {
  const radio = modes().find((found) => found.value === kind);
  if (!radio) return;
  if (!radio.disabled) radio.checked = true;
  apply();
  box().focus();
}

// --- What may be sent -------------------------------------------------------------------------
function apply() {
  if (!byId("composer")) return;
  const isShut = byId("desk-gate").dataset.open === "no";
  const [reply, note] = ["reply", "note"].map((kind) => modes().find((radio) => radio.value === kind));
  reply.disabled = isShut;
  if (isShut && reply.checked && !box().value) note.checked = true;
  byId("composer").classList.toggle("is-note", mode() === note);
  byId("composer").classList.toggle("is-shut", isShut);
  box().placeholder = PLACEHOLDERS[mode().value];
  const send = document.querySelector(".desk-send");
  send.disabled = isShut && mode() === reply;
  send.textContent = mode() === note ? "Keep note" : "Send";
  grow();
}

function grow() {
  box().style.height = "auto";
  box().style.height = `${Math.min(box().scrollHeight + 2, window.innerHeight * 0.35)}px`;
}

// --- Drafts: kept in this browser until the server has them --------------------------------------
const PAUSE = 800; // milliseconds without a key
const saving = new Map(); // by place: what is still to be sent

function keep() {
  const draft = { text: box().value, mode: mode().value };
  const [address, place] = [byId("composer").dataset.draft, key()];
  localStorage.setItem(place, JSON.stringify(draft));
  clearTimeout(saving.get(place));
  saving.set(place, setTimeout(() => save(address, place, draft), PAUSE));
}

async function save(address, place, draft) {
  const isKept = await post(address, Object.entries(draft));
  // What was typed meanwhile is newer than what the server has.
  if (isKept && localStorage.getItem(place) === JSON.stringify(draft)) localStorage.removeItem(place);
}

function forget() {
  clearTimeout(saving.get(key()));
  localStorage.removeItem(key());
}

function restore() {
  if (!byId("composer")) return;
  const draft = JSON.parse(localStorage.getItem(key()) || "null");
  if (draft) { // newer than what the server has, which is in the box
    box().value = draft.text;
    const radio = modes().find((found) => found.value === draft.mode);
    if (radio) radio.checked = true;
    keep();
  }
  apply();
}

// --- Quotes ---------------------------------------------------------------------------------------
function quote(id) {
  const words = byId(`text-${id}`)?.textContent.trim();
  byId("id_quoting").value = id;
  byId("quoting-text").textContent = `↩ ${words ? words.slice(0, 120) : "Picture or file"}`;
  byId("quoting").hidden = false;
  write("reply");
}

onClick("[data-quote]", (button) => quote(button.dataset.quote));
onClick("#quoting-off", () => {
  byId("id_quoting").value = "";
  byId("quoting").hidden = true;
  box().focus();
});

// --- Typing ---------------------------------------------------------------------------------------
on("input", (event) => {
  if (event.target !== box()) return;
  keep();
  grow();
});

on("change", (event) => {
  if (event.target.name !== "mode") return;
  apply();
  keep();
});

on("keydown", (event) => {
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && !event.defaultPrevented;
  if (event.target !== box() || !sends) return;
  event.preventDefault();
  if (!document.querySelector(".desk-send").disabled) byId("composer").requestSubmit();
});

// --- Sending --------------------------------------------------------------------------------------
function showProblem(text) {
  const line = document.createElement("li");
  line.textContent = text;
  byId("composer-problems").replaceChildren(line);
}

on("htmx:beforeRequest", (event) => {
  if (event.target.id !== "composer") return;
  clearTimeout(saving.get(key())); // it must not come after what clears it
  box().readOnly = true;
});

on("htmx:afterRequest", (event) => {
  if (event.target.id !== "composer" || !box()) return;
  box().readOnly = false;
  const address = event.detail.xhr.responseURL || "";
  if (!event.detail.successful || address.includes("/login/")) {
    showProblem("This was not sent yet. Your words are kept; please send again in a moment.");
  }
});

on("htmx:load", (event) => {
  if (event.detail.elt.id !== "composer") return; // a fresh box: what was typed has been sent
  forget();
  document.dispatchEvent(new CustomEvent("desk:said"));
  apply();
  box().focus();
});

// Words that come back: into the box, before what was typed meanwhile.
on("undone", (event) => {
  const { text } = event.detail;
  box().value = box().value ? `${text}\n${box().value}` : text;
  write("reply");
  keep();
});

on("planned", () => {
  box().value = "";
  forget();
  apply();
});

on("desk:refreshed", apply);
on("desk:shown", restore);
restore();
