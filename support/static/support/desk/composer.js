// The reply box: Enter, and what may be sent now.
import { box, isNote, mode, modes } from "./box.js";
import { byId, isGivenBack, on, onClick } from "./dom.js";
import { forget, keep, pause, restore } from "./drafts.js";

const PLACEHOLDERS = {
  reply: "Write a reply …",
  note: "Write a note; only your colleagues read it. @ names one of them …",
};

export function write(kind) {
  const radio = modes().find((found) => found.value === kind);
  if (!radio) return;
  if (!radio.disabled) radio.checked = true;
  apply();
  // Behind a draft that is there, as if one had never left it.
  if (document.activeElement !== box()) box().setSelectionRange(box().value.length, box().value.length);
  box().focus();
}

// An empty box, as after its words have been sent; `token` makes it another one.
export function empty(token) {
  box().value = "";
  byId("id_token").value = token;
  byId("composer-problems").replaceChildren();
  forget();
  apply();
}

// --- What may be sent -------------------------------------------------------------------------
// Who reopens a chat wants to answer in it, not to go on with a note.
let isReopened = false;
onClick("[data-act=reopen]", () => (isReopened = true));
on("desk:shown", () => (isReopened = false)); // another ticket

function apply() {
  if (!byId("composer")) return;
  const isShut = byId("desk-gate").dataset.open === "no";
  const [reply, note] = ["reply", "note"].map((kind) => modes().find((radio) => radio.value === kind));
  reply.disabled = isShut;
  const isUntouched = !box().value && document.activeElement !== box();
  if (isShut && reply.checked && !box().value) note.checked = true;
  if (!isShut && isReopened && isUntouched) reply.checked = true;
  if (!isShut) isReopened = false;
  byId("composer").classList.toggle("is-note", isNote());
  byId("composer").classList.toggle("is-shut", isShut);
  box().placeholder = PLACEHOLDERS[mode().value];
  const send = document.querySelector(".desk-send");
  send.disabled = isShut && !isNote();
  send.textContent = isNote() ? "Keep note" : "Send";
  grow();
  document.dispatchEvent(new CustomEvent("desk:applied"));
}

function grow() {
  box().style.height = "auto";
  box().style.height = `${Math.min(box().scrollHeight + 2, window.innerHeight * 0.35)}px`;
}

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
  pause(); // what is sent needs no draft
  box().readOnly = true;
});

on("htmx:afterRequest", (event) => {
  if (event.target.id !== "composer" || !box()) return;
  box().readOnly = false;
  const address = event.detail.xhr.responseURL || "";
  if (event.detail.successful && !address.includes("/login/")) return;
  showProblem("This was not sent yet. Your words are kept; please send again in a moment.");
  keep();
});

on("htmx:load", (event) => {
  if (event.detail.elt.id !== "composer") return; // a fresh box: what was typed has been sent
  forget();
  document.dispatchEvent(new CustomEvent("desk:said"));
  apply();
  box().focus();
});

// Asked of the answer itself: the button that was pressed may be drawn anew before it comes.
on("htmx:beforeSend", ({ detail: { xhr } }) => {
  xhr.addEventListener("load", () => {
    if (isGivenBack(xhr)) document.dispatchEvent(new CustomEvent("undone", { detail: JSON.parse(xhr.responseText) }));
  });
});

// Words that come back: into the box, before what was typed meanwhile.
on("undone", ({ detail: { text } }) => {
  box().value = [text, box().value].filter(Boolean).join("\n");
  write("reply");
  keep();
});

function arrive() {
  if (!byId("composer")) return;
  restore();
  apply();
}

on("desk:refreshed", apply);
on("desk:shown", arrive);
arrive();
