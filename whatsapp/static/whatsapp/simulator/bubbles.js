// One message as WhatsApp draws it.
import { element, icon } from "./dom.js";
import { formatted, link } from "./markup.js";

const REACTIONS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const TICKS = { accepted: "clock", sent: "tick", delivered: "ticks", read: "ticks" };
const TICK_WORDS = { accepted: "waiting", sent: "sent", delivered: "delivered", read: "read" };

/** `acts` holds what a tap does: tap, openList, reply, react, find (a message by its wamid). */
export function drawn(message, acts) {
  const side = message.from_student ? "mine" : "theirs";
  const row = element("article", `row ${side}`, { "data-wamid": message.wamid });
  const bubble = element("div", `bubble kind-${message.media_kind || message.type}`);
  bubble.append(...inside(message, acts), footLine(message));
  const stack = element("div", "stack", {}, bubble, ...choiceButtons(message, acts));
  const reactions = message.student_reaction + message.business_reaction;
  if (reactions) bubble.append(element("span", "reactions", {}, reactions));
  row.append(stack, actMenu(message, acts));
  return row;
}

function inside(message, acts) {
  const quoted = message.quoted_wamid ? acts.find(message.quoted_wamid) : null;
  return [
    quoted && quoteBox(quoted),
    message.media_kind && mediaBox(message),
    message.location && locationBox(message.location),
    message.header && element("div", "bubble-header", {}, message.header),
    message.text && !message.location && element("div", "bubble-text", {}, formatted(message.text)),
    isStrange(message) && element("div", "bubble-text strange", {}, `(${message.type})`),
    message.footer && element("div", "bubble-footer", {}, message.footer),
  ].filter(Boolean);
}

const isStrange = (message) => !message.text && !message.media_kind && !message.location;

function footLine(message) {
  const time = new Date(message.created_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const line = element("span", "foot", {}, time);
  if (message.from_student) {
    const ticks = element("span", `ticks ${message.status}`, {}, icon(TICKS[message.status] || "clock"));
    ticks.append(element("span", "visually-hidden", {}, TICK_WORDS[message.status] || ""));
    line.append(ticks);
  }
  return line;
}

export function summary(message) {
  const names = { image: "📷 Photo", video: "🎥 Video", audio: "🎤 Voice note", document: "📄 Document", sticker: "Sticker" };
  if (message.location) return "📍 Location";
  return message.text || names[message.media_kind] || message.type;
}

function quoteBox(quoted) {
  const who = quoted.from_student ? "You" : document.querySelector(".chat-title strong").textContent;
  return element("div", `quote ${quoted.from_student ? "mine" : ""}`, {},
    element("b", "", {}, who), element("span", "", {}, formatted(summary(quoted))));
}

function mediaBox(message) {
  const source = { src: message.media_url };
  switch (message.media_kind) {
    case "image": case "sticker":
      return element("a", "media", { href: message.media_url, target: "_blank" },
        element("img", "", { ...source, alt: message.text || "Photo" }));
    case "video": return element("video", "media", { ...source, controls: "", preload: "metadata" });
    case "audio": return element("audio", "", { ...source, controls: "", preload: "metadata" });
    default: return documentBox(message);
  }
}

function documentBox(message) {
  const name = message.media_name || "Untitled";
  const kind = name.includes(".") ? name.split(".").pop().toUpperCase().slice(0, 5) : "FILE";
  return element("a", "file-box", { href: message.media_url, target: "_blank" },
    icon("document"), element("span", "", {}, element("b", "", {}, name), element("small", "", {}, kind)));
}

function locationBox(location) {
  const where = `${location.latitude},${location.longitude}`;
  return element("div", "place-box", {}, element("div", "map", {}, icon("place")),
    element("div", "", {}, element("b", "", {}, location.name || "Location"),
      element("small", "", {}, location.address || where)));
}

function choiceButtons(message, acts) {
  const buttons = message.buttons.map((choice) =>
    choiceButton("reply", choice.title, () => acts.tap(message, choice.id)));
  if (message.rows.length) {
    buttons.push(choiceButton("list", message.list_label, () => acts.openList(message)));
  }
  if (message.link_label) {
    const anchor = link(message.link_url, message.link_label);
    anchor.className = "choice";
    anchor.prepend(icon("link"));
    buttons.push(anchor);
  }
  return buttons;
}

function choiceButton(iconName, title, act) {
  const button = element("button", "choice", { type: "button" }, icon(iconName), title);
  button.addEventListener("click", act);
  return button;
}

/** The small face beside a bubble: react or reply. */
function actMenu(message, acts) {
  const opener = element("summary", "", { "aria-label": "React or reply" }, icon("smile"));
  const menu = element("div", "act-menu");
  const details = element("details", "acts", { name: "acts" }, opener, menu);
  const chosen = (act) => () => { details.open = false; act(); };
  for (const emoji of REACTIONS) {
    const button = element("button", message.student_reaction === emoji ? "on" : "", { type: "button" }, emoji);
    const wanted = message.student_reaction === emoji ? "" : emoji;
    button.addEventListener("click", chosen(() => acts.react(message, wanted)));
    menu.append(button);
  }
  const reply = element("button", "", { type: "button", "aria-label": "Reply to this" }, icon("reply"));
  reply.addEventListener("click", chosen(() => acts.reply(message)));
  menu.append(reply);
  return details;
}
