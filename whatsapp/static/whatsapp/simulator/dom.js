// Small helpers: elements, icons, calls of the simulator's API.

export const byId = (id) => document.getElementById(id);
const api = document.body.dataset.api.replace(/students$/, "");

/** An element with a class, attributes and children; texts become text nodes. */
export function element(name, className = "", attributes = {}, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

export const get = (path) => call(path, {});

let posted = Promise.resolve();

/** One after the other, as a phone sends: who types fast is still read in order. */
export function post(path, data) {
  const headers = { "X-CSRFToken": document.body.dataset.csrf };
  const isForm = data instanceof FormData;
  if (!isForm) headers["Content-Type"] = "application/json";
  const options = { method: "POST", headers, body: isForm ? data : JSON.stringify(data) };
  const mine = posted.then(() => call(path, options));
  posted = mine.catch(() => {});
  return mine;
}

async function call(path, options) {
  const response = await fetch(api + path, { credentials: "same-origin", ...options });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.message || `The simulator answered ${response.status}.`);
  return answer;
}

/** Show a sentence of trouble for a while. */
export function complain(message) {
  const line = byId("trouble");
  line.textContent = message;
  line.hidden = !message;
  clearTimeout(complain.timer);
  complain.timer = setTimeout(() => { line.hidden = true; }, 6000);
}
