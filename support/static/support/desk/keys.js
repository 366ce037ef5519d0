// Everything by keyboard; nothing of it while somebody types.
import { byId, isBusy, isTyping, on, tell } from "./dom.js";
import { drawer } from "./dialogs.js";
import { write } from "./composer.js";
import { choose, openFocused, step } from "./queue.js";

const TABS = { m: "mine", u: "unassigned", a: "all", r: "resolved", s: "snoozed" };
let going = 0; // when g was pressed

const press = (...selectors) => document.querySelector(selectors.join(", "))?.click();
const assignment = () => byId("id_assigned_admin"); // only for who may give tickets to others
const take = () => {
  const owner = byId("desk-head")?.dataset.hasIt; // a colleague
  const who = assignment() ? "Press a to give it to yourself or" : "A lead can give it";
  if (owner) tell(`${owner} has this ticket. ${who} to somebody else.`, true);
  else press("[data-act=take]", "[data-act=release]");
};
const give = () => {
  const select = assignment();
  if (select && !select.checkVisibility({ visibilityProperty: true })) drawer(true);
  if (select) select.focus();
  else if (!document.querySelector("[data-act=release]")) take(); // what is free can be taken
};
const undoLast = () => [...document.querySelectorAll(".desk-undo:not([hidden]) [data-undo]")].at(-1)?.click();

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: openFocused,
  r: () => write("reply"),
  n: () => write("note"),
  c: () => press("[data-opens=new-dialog]"),
  "/": () => byId("queue_q").focus(),
  t: take,
  e: () => press("#desk-head [data-opens=end-dialog]", "[data-act=reopen]"),
  a: give,
  s: () => press("#desk-head [data-opens=snooze-dialog]", "[data-act=wake]"),
  l: () => press("[data-opens=later-dialog]"),
  v: () => byId("views-dialog").showModal(),
  m: () => press("#desk-head [data-opens=macro-dialog]"),
  z: undoLast,
  p: () => drawer(),
  g: () => (going = Date.now()),
  "?": () => byId("keys-dialog").showModal(),
};
const OF_TICKET = new Set("rnteaslmzp");

function act(event) {
  const tab = Date.now() - going < 1500 && TABS[event.key];
  going = 0;
  if (tab) choose(tab);
  else if (isBusy() && OF_TICKET.has(event.key)) tell("The chat is still on its way.");
  else KEYS[event.key]();
}

on("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (!(event.key in KEYS) && !(going && event.key in TABS)) return;
  event.preventDefault();
  act(event);
});
