// Times that move on by themselves: "4 min" becomes "5 min" without asking the server.
const UNITS = [["d", 86400], ["h", 3600], ["min", 60]];

function span(seconds) {
  for (const [name, length] of UNITS) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${name}`;
  }
  return "now";
}

function move() {
  const now = Date.now() / 1000;
  for (const time of document.querySelectorAll("time[data-since], time[data-until]")) {
    const at = Date.parse(time.dateTime) / 1000;
    const words = span("since" in time.dataset ? now - at : at - now);
    if (time.textContent !== words) time.textContent = words;
  }
}

setInterval(move, 10_000);
