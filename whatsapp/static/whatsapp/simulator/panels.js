// Beside the phone: the students, Meta's switches, the log; on narrow screens they slide in.
import { byId, complain, element, get, post } from "./dom.js";

/** Fill the list of students; `choose` is called with the one that is tapped. */
export async function listStudents(choose, chosenId) {
  const { students } = await get("students");
  byId("students").replaceChildren(...students.map((student) => studentRow(student, choose, chosenId)));
  return students;
}

function studentRow(student, choose, chosenId) {
  const about = student.hides_phone ? `hidden number · ${student.user_id}` : `+${student.number}`;
  const button = element("button", "student", { type: "button" },
    element("span", `avatar color-${student.id % 6}`, { "aria-hidden": "true" }, student.name.slice(0, 1)),
    element("span", "", {}, element("b", "", {}, student.name), element("small", "", {}, about)));
  if (student.id === chosenId) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => choose(student));
  return element("li", "", {}, button);
}

/** The dialog for a new student; `done` is called with the one created. */
export function setUpNewStudent(done) {
  const dialog = byId("student-dialog");
  const form = dialog.querySelector("form");
  const trouble = dialog.querySelector(".dialog-trouble");
  byId("new-student").addEventListener("click", () => { form.reset(); trouble.hidden = true; dialog.showModal(); });
  form.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, number, hides_phone: hides } = form.elements;
    try {
      done(await post("students", { name: name.value, number: number.value, hides_phone: hides.checked }));
      dialog.close();
    } catch (error) {
      trouble.textContent = error.message;
      trouble.hidden = false;
    }
  });
}

export function setUpSwitches() {
  const form = byId("switches");
  const inputs = [...form.querySelectorAll("input")];
  const normal = { hang_seconds: 30, status_delay: 1, reads_messages: true, checks_window: true };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => set({ [target.name]: value(target) }));
  byId("behave").addEventListener("click", () =>
    set(Object.fromEntries(inputs.map((input) => [input.name, normal[input.name] ?? (input.type === "checkbox" ? false : 0)]))));

  async function set(switches) {
    try {
      const mood = await post("misbehaviour", switches);
      for (const input of inputs) {
        if (input.type === "checkbox") input.checked = mood[input.name];
        else input.value = mood[input.name];
      }
    } catch (error) { complain(error.message); }
  }
}

const value = (input) => (input.type === "checkbox" ? input.checked : input.value);

/** Keep the log fresh while somebody can see it. */
export async function watchLog() {
  const log = byId("log");
  if (log.offsetParent !== null && !document.hidden) {
    const { entries } = await get("log").catch(() => ({ entries: [] }));
    log.replaceChildren(...entries.map(logRow));
  }
  setTimeout(watchLog, 1500);
}

function logRow(entry) {
  const time = new Date(entry.at).toLocaleTimeString([], { hour12: false });
  const toBot = entry.kind === "webhook";
  const good = entry.status >= 200 && entry.status < 300;
  const state = entry.waits && !entry.attempts ? "waits" : good ? "good" : "bad";
  const told = state === "waits" ? "waits" : entry.status || "no answer";
  const tries = entry.attempts > 1 ? `${entry.attempts} tries` : "";
  return element("li", "", { title: entry.error },
    element("span", toBot ? "to-bot" : "to-meta", { "aria-label": toBot ? "Webhook to the bot" : "Call of the bot" }, toBot ? "↓" : "↑"),
    element("span", "log-about", {}, entry.about, element("small", "", {}, [time, tries, entry.error].filter(Boolean).join(" · "))),
    element("span", `log-status ${state}`, {}, String(told)));
}

export function setUpPanels() {
  const close = () => delete document.body.dataset.panel;
  for (const opener of document.querySelectorAll("[data-open-panel]")) {
    opener.addEventListener("click", () => { document.body.dataset.panel = opener.dataset.openPanel; });
  }
  for (const closer of document.querySelectorAll("[data-close-panel]")) closer.addEventListener("click", close);
  return close;
}
