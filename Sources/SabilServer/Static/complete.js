// Completes what is typed into the search box. Without it, or where it fails, the form works as it is.
"use strict";
(() => {
  const box = document.querySelector("input[list]");
  const list = box && document.getElementById(box.getAttribute("list"));
  if (!list || !window.fetch || !window.AbortController) return;
  let waiting = 0;
  let running = null;
  const show = (completions) => {
    list.replaceChildren(...completions.map(({ text, label, language }) => {
      const option = document.createElement("option");
      option.value = text;
      if (label) option.label = label;
      if (language !== "und") option.lang = language;
      option.dir = "auto";
      return option;
    }));
  };
  const ask = async () => {
    if (running) running.abort();
    running = new AbortController();
    const parameters = new URLSearchParams({ q: box.value, ui: document.documentElement.lang, limit: "8" });
    try {
      const answer = await fetch("/v1/autocomplete?" + parameters, { signal: running.signal });
      if (answer.ok) show((await answer.json()).completions);
    } catch (error) {
      // An answer that was overtaken, or no network: what is listed stays.
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    if (box.value.trim() === "") return show([]);
    waiting = setTimeout(ask, 100);
  });
})();
