// "Undo" stays as long as the answer waits; by our clock, which may differ from the server's.
import { on } from "./dom.js";

const ends = new Map(); // by form: the moment when it is too late

function look() {
  for (const form of document.querySelectorAll(".desk-undo")) {
    if (!ends.has(form.id)) ends.set(form.id, performance.now() + Number(form.dataset.left) * 1000);
    form.hidden = performance.now() >= ends.get(form.id);
  }
}

on("desk:refreshed", look);
on("desk:shown", look);
setInterval(look, 500);
