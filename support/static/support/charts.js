// Draws each figure.chart from the table in it. Without this file the tables are read instead.
"use strict";

(() => {
  const RING = "doughnut";
  const MARKS = 8; // labels below a chart; more would overlap on a phone
  const drawn = [];

  // The admin's colours are light-dark() pairs or variables: the browser is asked what they are now.
  function shown(name) {
    const probe = document.createElement("span");
    probe.className = `chart-colour-${name}`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function read(table) {
    const rows = [...table.tBodies[0].rows];
    return {
      labels: rows.map((row) => row.cells[0].textContent),
      values: rows.map((row) => Number(row.cells[1].textContent)),
      name: table.tHead.rows[0].cells[1].textContent,
    };
  }

  function axes() {
    const text = shown("text");
    const line = shown("line");
    return {
      x: { ticks: { color: text, maxTicksLimit: MARKS, maxRotation: 0 }, grid: { display: false } },
      y: { beginAtZero: true, ticks: { color: text, precision: 0 }, grid: { color: line } },
    };
  }

  function options(isRing) {
    const legend = { display: isRing, position: "bottom", labels: { color: shown("text") } };
    const still = { animation: false, responsive: true, maintainAspectRatio: false };
    return { ...still, plugins: { legend }, scales: isRing ? {} : axes() };
  }

  function draw(figure) {
    const { labels, values, name } = read(figure.querySelector("table"));
    const kind = figure.dataset.kind;
    const isRing = kind === RING;
    const main = shown("main");
    const canvas = document.createElement("canvas");
    figure.querySelector(".chart-picture").replaceChildren(canvas);
    const look = isRing
      ? { backgroundColor: [shown("good"), shown("bad")], borderWidth: 0 }
      : { backgroundColor: main, borderColor: main, borderWidth: kind === "line" ? 2 : 0, pointRadius: 0, pointHitRadius: 12 };
    const datasets = [{ label: name, data: values, ...look }];
    drawn.push(new Chart(canvas, { type: kind, data: { labels, datasets }, options: options(isRing) }));
    figure.querySelector(".chart-numbers").removeAttribute("tabindex"); // nothing to scroll any more
    figure.classList.add("drawn");
  }

  function drawAll() {
    drawn.splice(0).forEach((chart) => chart.destroy());
    document.querySelectorAll("figure.chart:has(table)").forEach(draw);
  }

  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
})();
