// What several tabs of one browser learn is told by one of them: the one that claims it first.
import { on } from "./dom.js";

// Milliseconds; browsers let a tab in the background look once a minute at least.
const HELD = 120_000;

// Whether a person looks at one of the tabs: those that are looked at share a lock meanwhile.
const LOOKED_AT = "edubot-looked-at";
let leave = () => {};

function look() {
  leave();
  if (document.hidden) return;
  const left = new Promise((done) => (leave = done));
  navigator.locks.request(LOOKED_AT, { mode: "shared" }, () => left);
}

export async function isLookedAt() {
  if (!navigator.locks) return false;
  const { held } = await navigator.locks.query();
  return held.some(({ name }) => name === LOOKED_AT);
}

function claim(name) {
  return new Promise((decided) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      decided(lock !== null);
      return lock && new Promise((done) => setTimeout(done, HELD));
    });
  });
}

// Those of `things` that no tab has claimed by their names yet; one tab asks after the other, so
// that they do not share what belongs together. Without https browsers have no locks: each tells.
export async function claimed(things, nameOf) {
  if (!navigator.locks) return things;
  return navigator.locks.request("edubot-claims", async () => {
    const won = await Promise.all(things.map((thing) => claim(nameOf(thing))));
    return things.filter((_, place) => won[place]);
  });
}

if (navigator.locks) {
  on("visibilitychange", look);
  look();
}
