// "My notices": browsers show notices only after a click on this page has asked for them.
import { chime } from "./desk/chime.js";

const SENTENCES = {
  granted: "This browser shows them.",
  denied: "This browser forbids them for this site. Allow notices beside the address, then reload.",
  default: "This browser has to allow them first.",
  unknown: "This browser cannot show notices.",
};
const notices = document.getElementById("id_browser_notices");
const sound = document.getElementById("id_sound");

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

const line = document.createElement("div");
line.className = "quiet";
line.setAttribute("role", "status");
const allow = button("Allow notices in this browser", ask);

function show() {
  const permission = window.Notification?.permission || "unknown";
  line.textContent = SENTENCES[permission];
  allow.hidden = permission !== "default";
}

async function ask() {
  await window.Notification.requestPermission();
  show();
}

notices.addEventListener("change", () => {
  if (notices.checked && window.Notification?.permission === "default") ask();
});
notices.closest(".form-row").append(line, allow);
sound.closest(".form-row").append(button("Try the sound", chime)); // a click: the browser lets it sound
show();
