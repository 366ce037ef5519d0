// A notice and a sound while the page is in the background, for those who want them ("My notices").
import { chime, maySound } from "./chime.js";
import { claimed, isLookedAt } from "./claims.js";
import { byId, desk, on } from "./dom.js";
import { open } from "./navigation.js";
import { count } from "./title.js";

const MOST = 3; // notices at once; beyond that one says how many
const TOLD_AT_MOST = 100; // the newest words first, as in support/desk/news.py

const told = () => [...byId("desk-news").children].map((line) => ({
  ticket: line.dataset.ticket,
  name: line.textContent,
  unread: Number(line.dataset.unread),
  since: line.dataset.since,
  isMine: "mine" in line.dataset,
}));
const byTicket = (news) => new Map(news.map((one) => [one.ticket, one]));

let before = byTicket(told());

// New is a ticket that waits for somebody since a moment ago, and more unread words in one of mine.
function isNew(one) {
  const known = before.get(one.ticket);
  return !known || (one.isMine && one.unread > known.unread);
}

function notify(title, tag, act) {
  try {
    const notice = new Notification(title, { tag });
    notice.onclick = () => {
      window.focus();
      notice.close();
      act();
    };
  } catch {
    // Chrome on Android lets only service workers do this.
  }
}

const mayNotify = () => desk.dataset.notices === "yes" && window.Notification?.permission === "granted";

// Only what this tab can say is claimed by it: another one may be able to.
async function say(fresh) {
  if (await isLookedAt()) return; // there it is seen
  if (desk.dataset.sound === "yes" && maySound() && (await ours("sound", fresh)).length) chime();
  if (mayNotify()) show(await ours("notice", fresh));
}

const ours = (how, fresh) =>
  claimed(fresh, ({ ticket, since, isMine, unread }) => `edubot-${how}-${ticket}-${since}-${isMine ? unread : "free"}`);

// What is seen here needs no notice in a tab that looks later.
const see = (fresh) => Promise.all([ours("sound", fresh), ours("notice", fresh)]);

function show(fresh) {
  if (fresh.length > MOST) {
    notify(`${fresh.length} students wait for an answer`, "edubot", () => {});
    return;
  }
  for (const { ticket, name, isMine } of fresh) {
    const title = isMine ? `${name} has written` : `${name} waits for somebody`;
    notify(title, `edubot-${ticket}`, () => open(ticket));
  }
}

// What moves up behind a full list is not new: it had no place there before.
function newAmong(now) {
  const lastKnown = now.findLastIndex((one) => before.has(one.ticket));
  const news = before.size < TOLD_AT_MOST ? now : now.slice(0, lastKnown + 1);
  return news.filter(isNew);
}

function look() {
  const now = told();
  const fresh = newAmong(now);
  before = byTicket(now);
  count(now.filter((one) => one.unread).length);
  if (fresh.length) (document.hidden ? say : see)(fresh);
}

on("desk:refreshed", look);
look();
