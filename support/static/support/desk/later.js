// "Later" plans words for the student: no notes, no quotes and no files.
import { isNote } from "./box.js";
import { carriesFiles } from "./chips.js";
import { empty } from "./composer.js";
import { byId, on } from "./dom.js";
import { quotes } from "./quotes.js";

function obstacle() {
  if (isNote()) return "Notes are not sent";
  if (quotes()) return "Quotes cannot be sent later";
  return carriesFiles() ? "Files cannot be sent later" : "";
}

function look() {
  const button = byId("later-button");
  if (!button) return;
  button.disabled = Boolean(obstacle());
  button.title = obstacle() || "Send later";
}

on("desk:applied", look);
on("desk:chips", look);
on("desk:quoted", look);
on("planned", (event) => empty(event.detail.token));
look();
