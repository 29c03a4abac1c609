"use strict";
// Everything here makes pages that work without it a little quicker to use.  Nothing is stored, nothing is sent elsewhere.
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = $("#find");
  const fields = () => (form ? [...form.elements] : []);

  // Empty boxes do not belong into the address of a search.
  form?.addEventListener("submit", () => {
    const empty = fields().filter((field) => field.name && !field.value);
    for (const field of empty) field.disabled = true;
    setTimeout(() => { for (const field of empty) field.disabled = false; });
  });

  // A parent with some of its children ticked.
  for (const box of $$("[data-partly]")) box.indeterminate = true;

  // The Apply button says how many documents the ticks would give.
  const apply = $("button[data-count]");
  if (apply && form) {
    let waiting, running;
    const ask = async () => {
      running?.abort();
      running = new AbortController();
      const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      try {
        const answer = await fetch(`${apply.dataset.count}?${query}`, { signal: running.signal });
        if (answer.ok) apply.textContent = await answer.text();
      } catch { /* the old label still tells what the button does */ }
    };
    document.addEventListener("change", (event) => {
      if (event.target.form === form && event.target.id !== "q") {
        clearTimeout(waiting);
        waiting = setTimeout(ask, 250);
      }
    });
  }

  // The panel of filters on a phone: focus goes in, Escape closes, focus comes back.
  const panel = $("#filters"), opener = $(".opener a");
  if (panel && opener) {
    const others = $$("body > header, body > footer, main > :not(.split), .answers");
    const set = () => {
      const open = location.hash === "#filters" && getComputedStyle(panel).position === "fixed";
      for (const other of others) other.inert = open;
      if (open) {
        panel.setAttribute("role", "dialog");
        panel.setAttribute("aria-modal", "true");
        panel.focus();
      } else if (panel.getAttribute("role")) {
        panel.removeAttribute("role");
        panel.removeAttribute("aria-modal");
        opener.focus();
      }
    };
    addEventListener("hashchange", set);
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") location.hash = "#results"; });
    set();
  }

  // Hits of a document: in place instead of by loading the page again.
  const bar = $(".hitbar");
  let show = null;
  if (bar) {
    const total = Number(bar.dataset.hits);
    let at = Number(bar.dataset.hit);
    show = (n) => {
      at = (n + total - 1) % total + 1;
      for (const mark of $$("mark.on")) mark.classList.remove("on");
      const mark = $(`#hit-${at}`);
      mark.classList.add("on");
      mark.scrollIntoView({ block: "center" });
      $(".at", bar).textContent = bar.dataset.words.replace("%N%", at);
    };
    $(".next", bar).addEventListener("click", (event) => { event.preventDefault(); show(at + 1); });
    $(".prev", bar).addEventListener("click", (event) => { event.preventDefault(); show(at - 1); });
    addEventListener("keydown", (event) => {
      if (plain(event) && event.key === "n") show(at + 1);
      if (plain(event) && event.key === "p") show(at - 1);
    });
  }

  const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select");
  addEventListener("keydown", (event) => {
    if (plain(event) && event.key === "/" && $("#q")) { event.preventDefault(); $("#q").select(); }
  });

  for (const button of $$("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy).textContent.replace(/\s+/g, " ").trim();
      await navigator.clipboard.writeText(text);
      button.nextElementSibling.textContent = button.dataset.done;
    });
  }

  // The list of languages closes when one looks elsewhere.
  const langs = $(".langs");
  addEventListener("click", (event) => { if (langs && !langs.contains(event.target)) langs.open = false; });
})();
