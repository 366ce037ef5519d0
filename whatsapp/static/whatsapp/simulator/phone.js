// The phone: who holds it, and what tapping, typing and attaching do.
import { summary } from "./bubbles.js";
import * as chat from "./chat.js";
import { byId, complain, post } from "./dom.js";
import { formatted } from "./markup.js";
import { listStudents, setUpNewStudent, setUpPanels, setUpSwitches, watchLog } from "./panels.js";
import { openSheet } from "./sheet.js";

const text = byId("text");
const PLACE = { latitude: 6.4541, longitude: 3.3947, name: "Balogun Market", address: "Lagos Island" };
let quoted = null;

const acts = {
  find: chat.find,
  tap: (message, choiceId) => act("tap", { wamid: message.wamid, choice_id: choiceId }),
  openList: (message) => openSheet(message, (choiceId) => acts.tap(message, choiceId)),
  react: (message, emoji) => act("react", { wamid: message.wamid, emoji }),
  reply: (message) => { quote(message); text.focus(); },
};

async function act(what, data) {
  try {
    await post(`students/${chat.current().id}/${what}`, data);
    byId("chat").scrollTop = byId("chat").scrollHeight;
    chat.ask();
    return true;
  } catch (error) {
    complain(error.message);
    return false;
  }
}

function quote(message) {
  quoted = message;
  byId("quote").hidden = !message;
  byId("quote-text").replaceChildren(formatted(message ? summary(message) : ""));
}

async function say(words) {
  if (!words.trim()) return;
  const wamid = quoted?.wamid ?? "";
  text.value = "";
  quote(null);
  grow();
  if (!(await act("say", { text: words, quoted_wamid: wamid }))) text.value ||= words;
}

function grow() {
  text.rows = Math.min(5, text.value.split("\n").length);
}

function setUpComposer() {
  byId("composer").addEventListener("submit", (event) => { event.preventDefault(); say(text.value); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(text.value); }
  });
  text.addEventListener("input", grow);
  byId("quote-cancel").addEventListener("click", () => quote(null));
  for (const button of byId("suggestions").children) button.addEventListener("click", () => say(button.textContent));
}

/** A click elsewhere, or Escape, shuts an open reaction menu. */
function setUpMenus() {
  const shut = (except) => {
    for (const menu of document.querySelectorAll(".acts[open]")) if (!menu.contains(except)) menu.open = false;
  };
  document.addEventListener("click", (event) => shut(event.target));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(null); });
}

function setUpAttachments() {
  const opener = byId("attach");
  const toggle = (open) => { byId("attachments").hidden = !open; opener.setAttribute("aria-expanded", open); };
  opener.addEventListener("click", () => toggle(byId("attachments").hidden));
  for (const input of byId("attachments").querySelectorAll("input")) {
    input.addEventListener("change", () => { toggle(false); attach(input); });
  }
  byId("send-location").addEventListener("click", () => { toggle(false); act("location", PLACE); });
}

/** Send the chosen file; what is in the text field becomes its caption. */
async function attach(input) {
  if (!input.files.length) return;
  const voice = input.dataset.attach === "voice";
  const form = new FormData();
  form.append("file", input.files[0]);
  if (input.dataset.attach === "document") form.append("kind", "document");
  if (voice) form.append("voice", "on");
  else form.append("caption", text.value.trim());
  if ((await act("media", form)) && !voice) text.value = "";
  input.value = "";
}

async function choose(student) {
  localStorage.setItem("simulated-student", student.id);
  quote(null);
  byId("student-name").textContent = student.name;
  chat.open(student, acts);
  closePanel();
  await listStudents(choose, student.id);
}

async function start() {
  const students = await listStudents(choose, 0);
  const last = Number(localStorage.getItem("simulated-student"));
  await choose(students.find((student) => student.id === last) ?? students[0]);
}

const closePanel = setUpPanels();
setUpComposer();
setUpAttachments();
setUpMenus();
setUpNewStudent(choose);
setUpSwitches();
watchLog();
start().catch((error) => complain(error.message));
