// What goes along with a reply: each can be taken off again.
import { byId } from "./dom.js";

// A line that names `name`; its button carries `data`, for whoever takes it off.
export function chip(name, data, picture = null) {
  const line = document.createElement("li");
  const words = document.createElement("bdi");
  words.textContent = name;
  const off = document.createElement("button");
  off.type = "button";
  off.textContent = "✕";
  off.setAttribute("aria-label", `Do not send ${name}`);
  Object.assign(off.dataset, data);
  if (picture) line.append(picture);
  line.append(words, off);
  return line;
}

export function show(list, chips) {
  byId(list).replaceChildren(...chips);
  document.dispatchEvent(new CustomEvent("desk:chips"));
}

export const carriesFiles = () => Boolean(document.querySelector(".desk-chips > li"));
