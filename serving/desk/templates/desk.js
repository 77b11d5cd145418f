"use strict";
// The keys of the queue. Everything works without them, and without this file.
(() => {
  const rows = [...document.querySelectorAll("table.queue a.open")];
  const at = () => rows.indexOf(document.activeElement);
  const go = (step) => {
    if (!rows.length) return;
    const now = at();
    rows[Math.min(rows.length - 1, Math.max(0, now < 0 ? 0 : now + step))].focus();
  };
  const follow = (rel) => {
    const link = document.querySelector(`a[rel="${rel}"]`);
    if (link) location.href = link.href;
  };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    n: () => follow("next"),
    p: () => follow("prev"),
    "/": () => document.getElementById("search")?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.key in keys)) return;
    keys[event.key]();
    event.preventDefault();
  });
  // A click anywhere on a row opens it.
  for (const link of rows) {
    link.closest("tr").addEventListener("click", (event) => {
      if (!event.target.closest("a") && !getSelection().toString()) location.href = link.href;
    });
  }
})();
