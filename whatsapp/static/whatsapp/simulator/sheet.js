// The bottom sheet with the rows of a list message.
import { byId, element } from "./dom.js";

const sheet = byId("sheet");
const form = sheet.querySelector("form");
const send = sheet.querySelector(".sheet-send");
let chosen = () => {};
let opener = null;

/** Show a list message's rows; `choose` gets the id of the one that is sent. */
export function openSheet(message, choose) {
  chosen = choose;
  opener = document.activeElement;
  byId("sheet-title").textContent = message.list_label;
  byId("sheet-rows").replaceChildren(...rows(message));
  send.disabled = true;
  sheet.hidden = false;
  sheet.querySelector("input").focus();
}

function rows(message) {
  let section = "";
  return message.rows.flatMap((row) => {
    const heading = row.section && row.section !== section ? [element("h3", "", {}, row.section)] : [];
    section = row.section;
    const radio = element("input", "", { type: "radio", name: "row", value: row.id });
    const words = element("span", "", {}, element("b", "", {}, row.title), row.description ? element("small", "", {}, row.description) : null);
    return [...heading, element("label", "sheet-row", {}, words, radio)];
  });
}

function close() {
  sheet.hidden = true;
  opener?.focus();
}

form.addEventListener("change", () => { send.disabled = false; });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const row = form.querySelector("input:checked");
  close();
  if (row) chosen(row.value);
});
sheet.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
for (const closer of sheet.querySelectorAll("[data-close-sheet]")) closer.addEventListener("click", close);
