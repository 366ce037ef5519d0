// The chat of one student: asks what changed, draws it in order, keeps the scroll where it was.
import { byId, complain, element, get } from "./dom.js";
import { drawn } from "./bubbles.js";

const ASKS_EVERY = 700; // milliseconds
const known = new Map(); // wamid -> {message, node}
let student = null;
let cursor = 0;
let acts = {};
let asking = 0;

export const find = (wamid) => known.get(wamid)?.message ?? null;
export const current = () => student;

/** Show another student's chat. */
export function open(chosen, whatTapsDo) {
  student = chosen;
  acts = whatTapsDo;
  cursor = 0;
  known.clear();
  byId("messages").replaceChildren();
  byId("typing").hidden = true;
  ask();
}

/** Ask now, and then again and again; an answer for a chat that was left is dropped. */
export async function ask() {
  const round = ++asking;
  const asked = student;
  let wait = ASKS_EVERY;
  try {
    const news = await get(`students/${asked.id}/messages?after=${cursor}`);
    if (asked !== student) return;
    cursor = news.cursor;
    show(news);
  } catch (error) {
    complain(`No answer from the simulator: ${error.message}`);
    wait = 3000;
  }
  if (round === asking) setTimeout(() => { if (round === asking) ask(); }, wait);
}

function show(news) {
  const chat = byId("chat");
  const wasAtEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 120;
  const changed = news.messages.filter(isNews);
  for (const message of changed) place(message);
  if (changed.length) drawDays();
  const typingChanged = byId("typing").hidden === news.typing;
  byId("typing").hidden = !news.typing;
  byId("suggestions").hidden = known.size > 0;
  presence(news.typing);
  if ((changed.length || typingChanged) && wasAtEnd) chat.scrollTop = chat.scrollHeight;
}

function presence(typing) {
  const line = byId("presence");
  line.dataset.number ??= line.textContent;
  line.textContent = typing ? "typing…" : line.dataset.number;
}

const isNews = (message) =>
  message.type !== "reaction" &&
  JSON.stringify(known.get(message.wamid)?.message) !== JSON.stringify(message);

function place(message) {
  const before = known.get(message.wamid);
  const node = drawn(message, acts);
  known.set(message.wamid, { message, node });
  for (const media of node.querySelectorAll("img, video")) {
    media.addEventListener("load", stayAtEnd, { once: true });
    media.addEventListener("loadedmetadata", stayAtEnd, { once: true });
  }
  if (before) replace(before.node, node);
  else insertInOrder(message, node);
}

/** A new tick must not shut the menu somebody has just opened. */
function replace(old, node) {
  node.querySelector(".acts").open = old.querySelector(".acts").open;
  old.replaceWith(node);
}

function insertInOrder(message, node) {
  const list = byId("messages");
  const rows = [...list.querySelectorAll(".row")].reverse();
  const earlier = rows.find((row) => find(row.dataset.wamid).created_at <= message.created_at);
  if (earlier) earlier.after(node);
  else list.prepend(node);
}

function stayAtEnd() {
  const chat = byId("chat");
  if (chat.scrollHeight - chat.scrollTop - chat.clientHeight < 500) chat.scrollTop = chat.scrollHeight;
}

function drawDays() {
  const list = byId("messages");
  for (const old of list.querySelectorAll(".day")) old.remove();
  let day = "";
  let side = "";
  for (const row of list.querySelectorAll(".row")) {
    const message = find(row.dataset.wamid);
    const its = dayName(new Date(message.created_at));
    if (its !== day) row.before(element("div", "day", {}, its));
    row.classList.toggle("first", its !== day || side !== message.from_student);
    day = its;
    side = message.from_student;
  }
}

function dayName(date) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.toLocaleDateString([], { day: "numeric", month: "long", year: "numeric" });
}
