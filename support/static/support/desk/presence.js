// Who else is here, and a word before two people answer the same student.
import { byId, chosen, desk, on, post } from "./dom.js";

const BEAT = 5_000;
const STILL_TYPING = 6_000; // milliseconds after the last key
let company = {}; // by ticket: names, and who of them types
let typedAt = 0;
let place = "";

const isTyping = () => Date.now() - typedAt < STILL_TYPING;
const rows = () => [...document.querySelectorAll("#queue-rows [data-ticket]")];

function inWords({ names, typing }) {
  if (typing.length) return `${typing.join(", ")} ${typing.length > 1 ? "are" : "is"} typing …`;
  return `${names.join(", ")} ${names.length > 1 ? "are" : "is"} viewing`;
}

function write(element, found) {
  if (!element) return;
  const words = found ? inWords(found) : "";
  if (element.textContent !== words) element.textContent = words;
  element.classList.toggle("is-typing", Boolean(found?.typing.length));
}

function draw() {
  write(byId("company"), company[chosen()]);
  for (const row of rows()) write(byId(`company-${row.dataset.ticket}`), company[row.dataset.ticket]);
}

async function beat() {
  // A page in the background is at the desk, but nobody looks at its ticket.
  const ticket = document.hidden ? "" : chosen();
  const fields = rows().map((row) => ["row", row.dataset.ticket]);
  fields.push(["ticket", ticket], ["typing", isTyping() ? "yes" : ""]);
  if (place && place !== ticket) fields.push(["left", place]);
  place = ticket;
  const response = await post(desk.dataset.here, fields);
  if (!response) return;
  company = await response.json();
  draw();
}

on("input", (event) => {
  if (event.target.id !== "id_text") return;
  const began = !isTyping();
  typedAt = event.target.value ? Date.now() : 0;
  if (began && typedAt) beat();
});

// --- Before two answer at once --------------------------------------------------------------------
let warned = ""; // the ticket and the words that were said already

function warning() {
  const { typing = [] } = company[chosen()] || {};
  const owner = byId("desk-head").dataset.hasIt;
  if (typing.length) return inWords({ names: typing, typing });
  return owner ? `${owner} has this ticket.` : "";
}

on("submit", (event) => {
  if (event.target.id !== "composer" || event.target.classList.contains("is-note")) return;
  const words = warning();
  if (!words || warned === chosen() + words) return;
  event.preventDefault();
  event.stopPropagation();
  warned = chosen() + words;
  const line = document.createElement("li");
  line.className = "desk-warning";
  line.textContent = `${words} Send again if your answer is still wanted.`;
  byId("composer-problems").replaceChildren(line);
}, true);

on("desk:said", () => {
  typedAt = 0;
  beat();
});
on("desk:refreshed", draw);
on("htmx:afterSwap", draw);
on("desk:shown", beat);
on("visibilitychange", beat);
window.addEventListener("pagehide", () => {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", byId("desk-csrf").value);
  body.append("left", place);
  body.append("gone", "yes");
  navigator.sendBeacon(desk.dataset.here, body);
});
setInterval(beat, BEAT);
beat();
