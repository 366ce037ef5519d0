// What is being typed: kept in this browser until the server has it.
import { box, mode, modes } from "./box.js";
import { byId, post } from "./dom.js";

const PAUSE = 800; // milliseconds without a key
const pauses = new Map(); // by place: the timer until it is sent
let sending = Promise.resolve(); // one after the other, so that the last one wins

const place = () => `edubot-draft-${byId("composer").dataset.ticket}`;

export function keep() {
  const draft = { text: box().value, mode: mode().value, token: byId("id_token").value };
  const [address, where] = [byId("composer").dataset.draft, place()];
  localStorage.setItem(where, JSON.stringify(draft));
  clearTimeout(pauses.get(where));
  pauses.set(where, setTimeout(() => (sending = sending.then(() => save(address, where, draft))), PAUSE));
}

async function save(address, where, draft) {
  const isNewest = () => localStorage.getItem(where) === JSON.stringify(draft);
  if (!isNewest()) return; // sent meanwhile, or a newer one follows
  const isKept = await post(address, Object.entries(draft));
  if (isKept && isNewest()) localStorage.removeItem(where);
}

export const pause = () => clearTimeout(pauses.get(place()));

export function forget() {
  pause();
  localStorage.removeItem(place());
}

// What this browser has is newer than what the server has, which is in the box.
export function restore() {
  const draft = JSON.parse(localStorage.getItem(place()) || "null");
  if (!draft) return;
  box().value = draft.text;
  const radio = modes().find((found) => found.value === draft.mode);
  if (radio) radio.checked = true;
  keep();
}
