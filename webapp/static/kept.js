/* Comforts only: every page of Kept works without this file. */
(() => {
  "use strict";
  const one = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const on = (what, then) => document.addEventListener(what, then);
  const typing = (it) => it.closest("input, textarea, select, [contenteditable]");
  const atOnce = () => one("#at-once");
  let hush, more;

  // What htmx has put in: the next field to write in, the help, a word of thanks that goes by itself.
  on("htmx:before:swap", () => {
    more = document.activeElement.closest(".more")?.previousElementSibling;
  });
  on("htmx:after:swap", () => {
    const next = one("[data-focus]");
    if (next) {
      next.removeAttribute("data-focus");
      next.focus({ preventScroll: next.matches("textarea") });
      if (next.readOnly || next.name === "due") next.select();
    } else if (more?.nextElementSibling && document.activeElement === document.body) {
      step(more.nextElementSibling);
    }
    more = null;
    const keys = one("#keys:not(:empty)");
    if (keys && !keys.matches(":popover-open")) {
      fold(null);
      keys.showPopover();
    }
    if (!one(".find")?.contains(document.activeElement)) atOnce()?.replaceChildren();
    const toast = one("#toast");
    clearTimeout(hush);
    if (toast.textContent.trim() && !one("[role=alert]", toast)) {
      hush = setTimeout(() => toast.replaceChildren(), 6000);
    }
  });
  one("#keys").addEventListener("toggle", (event) => {
    if (event.newState === "closed") event.target.replaceChildren();
  });

  // What unfolds closes again: with Escape, and when one goes elsewhere.
  const fold = (except) => {
    for (const menu of all("details.menu[open]")) menu.open = menu.contains(except);
    if (!one(".find")?.contains(except)) atOnce()?.replaceChildren();
  };
  on("click", (event) => {
    fold(event.target);
    const slot = one(event.target.closest("[data-closes]")?.dataset.closes ?? ":not(*)");
    if (slot) {
      event.preventDefault();
      slot.replaceChildren();
    }
  });
  on("focusin", (event) => fold(event.target));

  // A note half written survives a lost session, in this tab, for the same person.
  const drafts = () => all("textarea[data-draft]");
  const place = (box) => `${location.pathname}#${box.id} ${box.dataset.draft}`;
  for (const box of drafts()) {
    box.value ||= sessionStorage.getItem(place(box)) ?? "";
    sessionStorage.removeItem(place(box));
  }
  addEventListener("pagehide", () => {
    for (const box of drafts()) {
      if (box.value) sessionStorage.setItem(place(box), box.value);
    }
  });
  on("submit", (event) => {
    if (event.target.closest(".menu")) {
      for (const box of drafts()) box.value = "";
      sessionStorage.clear();
    }
  });

  // A file may be dropped anywhere on a page that asks for one.
  const dropping = (event) => one(".drop [type=file]") && event.dataTransfer?.types.includes("Files");
  on("dragover", (event) => dropping(event) && event.preventDefault());
  on("drop", (event) => {
    if (!dropping(event)) return;
    const field = one(".drop [type=file]");
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  // What is offered for a moment only: an Undo.
  const goes = (within) => {
    for (const it of all("[data-goes-after]", within)) setTimeout(() => it.remove(), it.dataset.goesAfter * 1000);
  };
  goes(document);
  on("htmx:after:swap", () => goes(document));

  // Whoever was rung or written to from here is offered to be noted, also when the page was left for another app.
  const LOG = "log it", FOR = 2 * 60 * 60 * 1000;
  const offerToLog = () => {
    const { where, whom, at } = JSON.parse(sessionStorage.getItem(LOG) ?? "{}");
    if (!where || Date.now() - at > FOR || location.href.startsWith(new URL(where, location).href)) return sessionStorage.removeItem(LOG);
    const [log, no] = [document.createElement("a"), document.createElement("button")];
    Object.assign(log, { href: where, textContent: "Log it" });
    Object.assign(no, { className: "quiet", textContent: "No" });
    no.dataset.closes = "#toast";
    no.addEventListener("click", () => sessionStorage.removeItem(LOG));
    one("#toast").replaceChildren(`In touch with ${whom}? `, log, " ", no);
  };
  on("click", (event) => {
    const link = event.target.closest("[data-log]");
    if (!link) return;
    sessionStorage.setItem(LOG, JSON.stringify({ where: link.dataset.log, whom: one("h1").textContent, at: Date.now() }));
    setTimeout(offerToLog, 500);
  });
  addEventListener("pageshow", offerToLog);

  // A day may be picked as well as typed: among those named most, or from the browser's own calendar.
  // A colleague's name takes the place of what was typed of it.
  const fill = (pick) => {
    const field = one(`[id="${pick.dataset.fills}"]`);
    const typed = pick.dataset.typed;
    const at = field.value.lastIndexOf(typed);
    if (!typed) field.value = pick.value;
    else if (at >= 0) field.setRangeText(pick.value, at, at + typed.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
  const picked = (event, what) => event.target.closest(`.picks ${what}`);
  on("click", (event) => picked(event, "button") && fill(picked(event, "button")));
  on("change", (event) => picked(event, "input") && fill(event.target));

  const zone = one("select[data-zone]");
  const here = zone && Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (here && all("option", zone).some((option) => option.value === here)) zone.value = here;

  // Keys. Those of fields and links stand on them, as aria-keyshortcuts; j and k walk through the lines of a page.
  const rows = () => all("main .rows > li:not(.more)").filter((row) => row.checkVisibility());
  const step = (row) => {
    row.tabIndex = -1;
    row.focus();
  };
  const walk = (things, by, from) => things[Math.min(from < 0 ? 0 : Math.max(from + by, 0), things.length - 1)];
  const keys = {
    Escape() {
      const menu = one("details.menu[open]");
      fold(null);
      if (menu) one("summary", menu).focus();
    },
    Enter(event) {
      if (event.target.matches(".rows > li")) one("a[href]", event.target)?.click();
    },
    j: () => move(1),
    k: () => move(-1),
  };
  const move = (by) => {
    const lines = rows();
    const next = walk(lines, by, lines.indexOf(document.activeElement.closest(".rows > li")));
    if (next) step(next);
  };
  const amongHits = (event) => {
    const stops = [one("#find"), ...all("a", atOnce())];
    const next = walk(stops, event.key === "ArrowDown" ? 1 : -1, stops.indexOf(event.target));
    if (stops.length > 1) {
      event.preventDefault();
      next.focus();
    }
  };

  on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key.startsWith("Arrow") && event.target.closest(".find")) {
      if (/Up|Down/.test(event.key)) amongHits(event);
    } else if (event.key === "Escape" || !typing(event.target)) {
      const it = all("[aria-keyshortcuts]").findLast((each) => each.getAttribute("aria-keyshortcuts") === event.key);
      if (it) {
        event.preventDefault();
        if (it.matches("a")) it.click();
        else it.focus();
      } else {
        Object.hasOwn(keys, event.key) && keys[event.key](event);
      }
    }
  });
})();
