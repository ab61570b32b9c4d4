/* Comforts only: every page of Kept works without this file. */
(() => {
  "use strict";
  const drafts = () => document.querySelectorAll("textarea[data-draft]");
  const place = (box) => `${location.pathname}#${box.id} ${box.dataset.draft}`;
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");
  let hush;

  const say = (toast) => {
    clearTimeout(hush);
    if (toast.textContent.trim() && !toast.querySelector("[role=alert]")) {
      hush = setTimeout(() => toast.replaceChildren(), 6000);
    }
  };

  document.addEventListener("htmx:after:swap", () => {
    const next = document.querySelector("[data-focus]");
    if (next) {
      next.removeAttribute("data-focus");
      next.focus({ preventScroll: next.matches("textarea") });
    }
    say(document.getElementById("toast"));
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const closes = event.target.closest("[data-closes]");
    const slot = closes && document.querySelector(closes.dataset.closes);
    if (slot) {
      event.preventDefault();
      slot.replaceChildren();
    }
  });

  // A note half written survives a lost session, in this tab, for the same person.
  for (const box of drafts()) {
    box.value ||= sessionStorage.getItem(place(box)) ?? "";
    sessionStorage.removeItem(place(box));
  }
  addEventListener("pagehide", () => {
    for (const box of drafts()) {
      if (box.value) sessionStorage.setItem(place(box), box.value);
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.closest(".menu")) {
      for (const box of drafts()) box.value = "";
      sessionStorage.clear();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const wanted = { "/": "#q, #find", n: "#note" }[event.key];
    const field = wanted && document.querySelector(wanted);
    if (field) {
      event.preventDefault();
      field.focus();
    }
  });
})();
