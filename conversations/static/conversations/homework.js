// A homework's page: dialogs, the files of an answer, and drawings, which become files too.
// Without this file words and chosen files still go out; drawing needs it.
import { Drawing } from "./drawing.js";

const byId = (id) => document.getElementById(id);
const input = byId("id_attachments");
const board = byId("drawing-canvas");
let chosen = []; // files; the input shows what is in here
let page = "";

// --- Dialogs ------------------------------------------------------------------------------------
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.opens) byId(button.dataset.opens).showModal();
  if (button.dataset.closes) byId(button.dataset.closes).close();
  if (button.dataset.draws) draw(button);
});

// --- The files of the answer --------------------------------------------------------------------
function keepFiles() {
  const transfer = new DataTransfer();
  for (const file of chosen) transfer.items.add(file);
  input.files = transfer.files;
  byId("chosen-files").replaceChildren(...chosen.map(fileRow));
}

function fileRow(file, index) {
  const row = document.createElement("li");
  if (file.type.startsWith("image/")) {
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(file);
    picture.alt = "";
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
    row.append(picture);
  }
  const name = document.createElement("span");
  name.textContent = file.name;
  const off = document.createElement("button");
  off.type = "button";
  off.textContent = "✕";
  off.setAttribute("aria-label", `Do not send ${file.name}`);
  off.addEventListener("click", () => {
    chosen.splice(index, 1);
    keepFiles();
  });
  row.append(name, off);
  return row;
}

if (input) {
  input.addEventListener("change", () => {
    chosen = [...chosen, ...input.files];
    keepFiles();
  });
  byId("answer").addEventListener("submit", (event) => {
    event.submitter.disabled = true;
  });
}

// --- Drawing ------------------------------------------------------------------------------------
const drawing = board ? new Drawing(board, showTools) : null;

function showTools() {
  byId("drawing-undo").disabled = byId("drawing-done").disabled = !drawing.isChanged;
}

async function draw(button) {
  page = button.dataset.page;
  byId("drawing-problem").hidden = true;
  byId("drawing-dialog").showModal();
  try {
    await drawing.load(button.dataset.draws);
  } catch {
    byId("drawing-problem").hidden = false;
  }
}

if (drawing) {
  byId("drawing-undo").addEventListener("click", () => drawing.undo());
  byId("drawing-width").addEventListener("input", (event) => {
    drawing.width = Number(event.target.value);
  });
  for (const pen of document.querySelectorAll("[data-colour]")) {
    pen.addEventListener("click", () => {
      drawing.colour = pen.dataset.colour;
      for (const one of document.querySelectorAll("[data-colour]")) {
        one.setAttribute("aria-pressed", String(one === pen));
      }
    });
  }
  byId("drawing-done").addEventListener("click", async () => {
    chosen.push(await drawing.file(`page-${page}-solved.jpg`));
    keepFiles();
    byId("drawing-dialog").close();
    byId("answer").scrollIntoView({ block: "nearest" });
  });
}
