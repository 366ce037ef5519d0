// Files for the next reply: chosen, pasted or dropped; each can be taken off again.
import { chip, show } from "./chips.js";
import { byId, chosen, desk, on, onClick, tell } from "./dom.js";

const MOST = 10;
const input = () => byId("id_file");

const kept = new Map(); // by ticket: who looks at another chat meanwhile finds them again

function set(files) {
  if (files.length > MOST) tell(`At most ${MOST} files go at once.`, true);
  const wanted = new DataTransfer();
  for (const file of files.slice(0, MOST)) wanted.items.add(file);
  input().files = wanted.files;
  kept.set(chosen(), [...wanted.files]);
  draw();
}

function add(files) {
  if (!input() || !files.length) return;
  set([...input().files, ...files]);
  byId("id_text").focus();
}

function pictureOf(file) {
  if (!file.type.startsWith("image/")) return null;
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(file);
  picture.alt = "";
  picture.onload = () => URL.revokeObjectURL(picture.src);
  return picture;
}

function draw() {
  const chips = [...input().files].map((file, place) => chip(file.name, { off: place }, pictureOf(file)));
  show("chips", chips);
}

let before = [];
on("click", (event) => event.target === input() && (before = [...input().files]));
on("change", (event) => {
  if (event.target === input()) set([...before, ...input().files]);
});

onClick("[data-off]", (button) => {
  set([...input().files].filter((_, place) => place !== Number(button.dataset.off)));
  byId("composer-problems").replaceChildren(); // of the file, as a rule
  byId("id_text").focus();
});

on("paste", (event) => {
  const files = [...(event.clipboardData?.files || [])];
  if (event.target.id !== "id_text" || !files.length) return;
  event.preventDefault();
  add(files);
});

// --- Dropping: anywhere on the chat ----------------------------------------------------------------
const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

on("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault(); // else the browser would leave the desk and open the file
  desk.classList.add("is-dropping");
});
on("dragleave", (event) => event.relatedTarget || desk.classList.remove("is-dropping"));
on("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  desk.classList.remove("is-dropping");
  add([...event.dataTransfer.files]);
});

// --- Coming back with an answer that was taken back --------------------------------------------------
const GONE = "The files are not kept: attach them again.";

async function fetched({ name, address }) {
  const response = await fetch(address);
  if (!response.ok || response.redirected) throw new Error(response.status);
  const bytes = await response.blob();
  return new File([bytes], name, { type: bytes.type });
}

on("undone", async (event) => {
  if (!event.detail.files.length) return;
  const before = byId("id_token").value;
  const back = await Promise.all(event.detail.files.map(fetched)).catch(() => []);
  const isSameBox = byId("id_token")?.value === before; // else they would go with other words
  if (back.length && isSameBox) add(back);
  else tell(GONE, true);
});

on("htmx:load", (event) => {
  if (event.detail.elt.id === "composer") set([]); // a fresh box: they have been sent
});

// --- Looking at another chat meanwhile -----------------------------------------------------------------
on("htmx:beforeRequest", (event) => event.target.id === "composer" && kept.delete(chosen())); // on their way
on("htmx:afterRequest", (event) => {
  if (event.target.id === "composer" && input()) kept.set(chosen(), [...input().files]); // or refused
});
on("desk:shown", () => {
  const back = kept.get(chosen());
  if (input() && back?.length) set(back);
});
