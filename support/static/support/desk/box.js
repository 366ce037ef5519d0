// The reply box: its words, and whether they are for the student or a note.
import { byId } from "./dom.js";

export const box = () => byId("id_text");
export const modes = () => [...document.querySelectorAll("#composer [name=mode]")];
export const mode = () => modes().find((radio) => radio.checked);
export const isNote = () => mode()?.value === "note";

// For all who follow what is typed.
export const changed = () => box().dispatchEvent(new Event("input", { bubbles: true }));
