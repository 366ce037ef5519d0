// Ready-made replies: type "/" and a few letters, or press the button. Some bring a file along.
import { box, isNote } from "./box.js";
import { chip, show } from "./chips.js";
import { byId, on, onClick } from "./dom.js";
import { close, isOpen, open, suggest } from "./suggest.js";

suggest("canned", /(?:^|\s)\/([\w-]*)$/);

onClick("#canned-button", (button) => {
  const wasOpen = isOpen("canned");
  close();
  box().focus();
  if (wasOpen) return;
  open("canned");
  button.setAttribute("aria-expanded", "true");
});

on("desk:taken", (event) => {
  const { canned, file } = event.target.dataset;
  if (!file || isNote()) return;
  byId("id_canned").value = canned;
  show("ready-chips", [chip(file, { ready: "off" })]);
});

onClick("[data-ready]", () => {
  byId("id_canned").value = "";
  show("ready-chips", []);
  box().focus();
});
