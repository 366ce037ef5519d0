// What all modules share.

export const byId = (id) => document.getElementById(id);
export const desk = byId("desk");

// The number of the ticket that is open, "" for none.
export const chosen = () => document.querySelector("#thread-state [name=ticket]")?.value || "";

// While another chat is on its way, nothing may be done to the one before it: it is somebody else's.
export const isBusy = () => byId("stage").inert;
export function busy(isOn) {
  byId("stage").inert = isOn;
  if (isOn) byId("stage").setAttribute("aria-busy", "true");
  else byId("stage").removeAttribute("aria-busy");
}

// A word that comes and goes; screen readers say it when they are done with what they say.
let hiding = 0;
const toasts = () => [...document.querySelectorAll(".desk-toast")]; // one of them can be seen
export function tell(text, refused = false) {
  for (const toast of toasts()) {
    toast.textContent = text;
    toast.classList.toggle("refused", refused);
    toast.classList.add("shown");
  }
  clearTimeout(hiding);
  const hide = () => toasts().forEach((toast) => toast.classList.remove("shown"));
  hiding = setTimeout(hide, refused ? 8000 : 3500);
}

// Asks at once what is new.
export const ask = () => window.htmx.trigger(document.body, "said");

export const PATIENCE = 10_000; // milliseconds until a request counts as lost

// Sends `fields` (pairs of names and values) to the server; null if that did not arrive.
export async function post(address, fields) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  const headers = { "X-CSRFToken": byId("desk-csrf").value, "HX-Request": "true" };
  try {
    const response = await fetch(address, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
    return response.ok && !response.redirected ? response : null;
  } catch {
    return null;
  }
}

// Whether an answer brings back what was taken back: words, files by their address, what they quoted.
export const isGivenBack = (xhr) => xhr.getResponseHeader("Content-Type")?.startsWith("application/json");

// Whether keys are words here, not commands.
export function isTyping(target) {
  return target.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
}

export function on(name, handler, options) {
  document.addEventListener(name, handler, options);
}

// Clicks on `selector`, present or to come.
export function onClick(selector, handler) {
  on("click", (event) => {
    const found = event.target.closest(selector);
    if (found) handler(found, event);
  });
}
