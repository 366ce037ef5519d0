// The queue: it follows its form, keeps its place, and is walked with j and k.
import { byId, chosen, on, onClick } from "./dom.js";
import { mark, open, remember } from "./navigation.js";

const links = () => [...document.querySelectorAll("#queue-rows [data-open]")];

// The row under the cursor of j and k: the focused one, else the chosen one.
function place(rows) {
  const focused = rows.indexOf(document.activeElement);
  return focused >= 0 ? focused : rows.findIndex((row) => row.dataset.open === chosen());
}

export function step(by) {
  const rows = links();
  if (!rows.length) return;
  const next = Math.min(Math.max(place(rows) + by, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

export function openFocused() {
  const rows = links();
  const row = rows[place(rows)] || rows[0];
  if (row) open(row.dataset.open);
}

export function choose(tab) {
  document.querySelector(`#queue-form [name=tab][value=${tab}]`).click();
}

on("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "queue-live" || event.target.id === "queue-live") {
    byId("queue-live").scrollTop = 0;
    mark(chosen());
    remember();
  }
});

on("desk:refreshed", () => mark(chosen()));

// A finger or mouse outside closes the filters.
on("click", (event) => {
  const filters = byId("filters");
  if (filters.open && !filters.contains(event.target)) filters.open = false;
});

on("keydown", (event) => {
  const filters = byId("filters");
  if (event.key !== "Escape" || !filters.open || !filters.contains(event.target)) return;
  filters.open = false;
  byId("filters-summary").focus();
});

const filterFields = () => [...document.querySelectorAll("#filters :is(select, input):not([name=sort])")];

on("change", (event) => {
  if (!event.target.closest("#queue-form")) return;
  const inForce = filterFields().filter((field) => (field.type === "checkbox" ? field.checked : field.value));
  byId("filters-summary").textContent = inForce.length ? `Filter (${inForce.length})` : "Filter";
  byId("filters-clear").hidden = !inForce.length;
});

onClick("#filters-clear", (link, event) => {
  event.preventDefault();
  for (const field of filterFields()) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  byId("queue-form").dispatchEvent(new Event("change", { bubbles: true }));
  byId("filters-summary").focus(); // the link is hidden now
});
