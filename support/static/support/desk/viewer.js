// Pictures of the thread, one after the other.
import { byId, on, onClick } from "./dom.js";

const pictures = () => [...document.querySelectorAll("#thread .desk-picture")];
let place = 0;

function show(number) {
  const all = pictures();
  place = (number + all.length) % all.length;
  const small = all[place].querySelector("img");
  byId("viewer-picture").src = all[place].href;
  byId("viewer-picture").alt = small.alt;
  byId("viewer-caption").textContent = `${small.alt} · ${place + 1} of ${all.length}`;
  for (const id of ["viewer-previous", "viewer-next"]) byId(id).hidden = all.length < 2;
}

onClick("#thread .desk-picture", (link, event) => {
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  show(pictures().indexOf(link));
  byId("viewer").showModal();
});
onClick("#viewer-previous", () => show(place - 1));
onClick("#viewer-next", () => show(place + 1));
onClick("#viewer", (viewer, event) => event.target === viewer && viewer.close());

on("keydown", (event) => {
  if (!byId("viewer").open) return;
  if (event.key === "ArrowLeft") show(place - 1);
  if (event.key === "ArrowRight") show(place + 1);
});
