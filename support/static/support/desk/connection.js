// A lost connection or an ended login costs no words: it is said, and everything goes on after it.
import { ask, byId, chosen, on, tell } from "./dom.js";

// A page in the background asks every ten seconds; its browser may wake it less often than that.
const HIDDEN_PAUSE = 9_500;
let asked = 0; // when
let failures = 0;

const isPulse = (event) => event.target.id === "pulse";

function online(isOnline) {
  failures = isOnline ? 0 : failures + 1;
  byId("desk-offline").hidden = failures === 0;
}

function isLogin(xhr) {
  return Boolean(xhr.responseURL) && new URL(xhr.responseURL).pathname.includes("/login/");
}

function loggedOut() {
  byId("queue-version").value = ""; // the first answer after it brings a fresh form token
  if (!byId("login-dialog").open) byId("login-dialog").showModal();
}

on("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  if (event.detail.verb !== "get") parameters.csrfmiddlewaretoken = byId("desk-csrf").value;
  if (!isPulse(event)) return;
  parameters.rows = document.querySelectorAll("#queue-rows [data-ticket]").length;
  if (document.hidden) parameters.hidden = "yes";
});

on("htmx:beforeRequest", (event) => {
  if (!isPulse(event)) return;
  if (document.hidden && performance.now() - asked < HIDDEN_PAUSE) event.preventDefault();
  else asked = performance.now();
});

// An answer about a ticket that has been left meanwhile must not land in the one that is open now.
function isLate(event) {
  const asked = event.detail.requestConfig.parameters.ticket || "";
  return isPulse(event) && asked !== chosen();
}

on("htmx:beforeSwap", (event) => {
  if (isLate(event)) {
    event.detail.shouldSwap = false;
    ask();
  }
  if (isLogin(event.detail.xhr)) {
    event.detail.shouldSwap = false;
    loggedOut();
  }
});

on("htmx:afterRequest", (event) => {
  const { xhr, successful } = event.detail;
  if (!isPulse(event) || !successful) return;
  online(true);
  if (!isLogin(xhr)) byId("login-dialog").close();
  if (xhr.status === 200) document.dispatchEvent(new CustomEvent("desk:refreshed"));
});

function failed(event) {
  if (event.detail.xhr.status === 403 && isPulse(event)) {
    location.reload(); // the permission is gone; the server says so
    return;
  }
  online(false);
  if (!isPulse(event)) tell("That did not arrive. Nothing is lost; please try again.", true);
}

// Not "htmx:sendAbort": whoever types on in the search gives the last one up.
for (const how of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) on(how, failed);

on("visibilitychange", () => {
  if (document.hidden) return;
  if (byId("thread-version")) byId("thread-version").value = ""; // now it is seen
  ask();
});

window.addEventListener("online", ask);
