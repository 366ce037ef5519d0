// Dialogs, the profile's drawer, and what an act has to say.
import { byId, desk, isGivenBack, on, onClick, tell } from "./dom.js";

export function drawer(isOpen = !desk.classList.contains("with-drawer")) {
  desk.classList.toggle("with-drawer", isOpen);
  for (const button of document.querySelectorAll("[data-drawer]")) {
    button.setAttribute("aria-expanded", String(isOpen));
  }
  const goal = isOpen ? byId("beside") : document.querySelector("#desk-head [data-drawer]");
  goal?.focus();
}

onClick("[data-opens]", (button) => byId(button.dataset.opens).showModal());
onClick("[data-closes]", (button) => byId(button.dataset.closes).close());
onClick("[data-drawer]", () => drawer());

on("keydown", (event) => {
  if (event.key === "Escape" && desk.classList.contains("with-drawer")) drawer(false);
});

on("told", (event) => tell(event.detail.text, event.detail.refused));

const wasRefused = (xhr) => JSON.parse(xhr.getResponseHeader("HX-Trigger") || "{}").told?.refused;

on("htmx:afterRequest", (event) => {
  const { successful, xhr } = event.detail;
  const isDone = successful && (xhr.status === 204 || isGivenBack(xhr)); // a refusal comes with the problems
  const form = event.target.closest?.("[data-closing]");
  if (!isDone || wasRefused(xhr)) return;
  if (form) form.closest("dialog").close();
  const planned = event.target.closest?.(".desk-planned");
  if (planned) planned.open = false;
});

const reopened = () => document.querySelectorAll("dialog[data-again]").forEach((dialog) => dialog.showModal());
reopened();
