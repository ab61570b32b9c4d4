/* Writing without network: what cannot be sent is kept on this phone, in sight, and goes out by itself. */
(() => {
  "use strict";
  const place = document.querySelector("#outbox");
  if (!place || !self.indexedDB) return;
  const { outbox } = self;
  const ON_THIS_PHONE = "Kept on this phone, not sent yet.";
  const TIMEOUT = "8s";
  const SOON = 3_000; // and twice as long each time it was in vain, up to a minute
  const LATEST = 60_000;
  const shell = "shell" in place.dataset;
  const loaded = new Date();
  const on = (what, then, options) => document.addEventListener(what, then, options);
  const one = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const asOf = () => one("#as-of[data-at]");
  let mine = place.dataset.recruiter;
  let question = false;
  let pause = Number(sessionStorage.getItem("kept-pause")) || SOON;
  let again, hush;

  const made = (tag, about = {}, ...inside) => {
    const it = Object.assign(document.createElement(tag), about);
    it.append(...inside);
    return it;
  };
  const button = (words, then, name = "") => {
    const it = made("button", { type: "button", className: name, textContent: words });
    it.addEventListener("click", () => then(it));
    return it;
  };
  const say = (words) => {
    one("#toast")?.replaceChildren(words);
    clearTimeout(hush);
    hush = setTimeout(() => one("#toast")?.textContent === words && one("#toast").replaceChildren(), 8000);
  };
  const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const moment = (at) => {
    const day = new Date(at).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
    return new Date(at).toDateString() === new Date().toDateString() ? clock(at) : `${day}, ${clock(at)}`;
  };
  const fresh = () => {
    const dice = crypto.getRandomValues(new Uint8Array(16));
    dice[6] = (dice[6] & 15) | 64;
    dice[8] = (dice[8] & 63) | 128;
    return [...dice].map((n, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + n.toString(16).padStart(2, "0")).join("");
  };

  // The outbox, as it stands on every page
  const WHY = {
    "signed out": "Sign in, and they are sent.",
    "no network": "They are sent by themselves as soon as Kept can be reached.",
    busy: "Kept is busy. They are sent by themselves in a moment.",
  };
  const show = async (why) => {
    const items = mine ? await outbox.of(mine) : [];
    const refused = items.filter((it) => it.state === "refused").length;
    place.hidden = !items.length && !question;
    marks(items);
    if (place.hidden) return place.replaceChildren();
    const open = one("details", place)?.open ?? (refused > 0 || shell || location.pathname === place.dataset.note);
    const list = made("ol", { className: "rows" }, ...items.map(row));
    const summary = made("summary", { textContent: `Waiting to be sent: ${items.length}` });
    const hint = WHY[why] ?? (refused === items.length ? "" : WHY["no network"]);
    const whole = made("details", { open: open || question, className: "fold" }, summary);
    if (hint) whole.append(made("p", { className: "hint", textContent: hint }));
    whole.append(list);
    place.replaceChildren(...(question ? [asked(items.length)] : []), whole);
  };
  const row = (it) => {
    const state = it.state === "refused" ? "not accepted" : "not sent yet";
    const about = [it.person, `written ${moment(it.written)}`, state].filter(Boolean).join(" · ");
    const line = made(
      "li",
      {},
      made("p", { className: "what", textContent: it.words }),
      made("p", { className: "small soft", textContent: about }),
    );
    if (it.sentence) line.append(made("p", { className: "error", textContent: it.sentence }));
    if (it.state === "refused") line.append(moves(it));
    return line;
  };
  const moves = (it) => {
    const foot = made("p", { className: "foot" });
    const first = () => {
      const kept = it.action.startsWith("/promises/");
      const edit = kept ? it.action.replace(/kept$/, "") : `${place.dataset.note}?outbox=${it.number}`;
      const link = made("a", { className: "button", href: edit.replace(/\/$/, ""), textContent: kept ? "Open the promise" : "Edit" });
      foot.replaceChildren(link, button("Copy", copy, "quiet"), button("Throw away", sure, "quiet"));
    };
    const copy = async (pressed) => {
      await navigator.clipboard.writeText(it.words);
      pressed.textContent = "Copied";
    };
    const sure = () => {
      const away = button("Throw it away for good", () => outbox.drop(it.number).then(() => show()));
      foot.replaceChildren(away, button("Keep it", first, "quiet"));
      away.focus();
    };
    first();
    return foot;
  };
  const marks = (items) => {
    const waiting = new Set(items.filter((it) => it.state === "waiting").map((it) => it.action));
    for (const form of all("form[data-offline=kept]")) {
      const waits = waiting.has(new URL(form.action).pathname);
      const note = form.previousElementSibling?.matches("[data-waits]") ? form.previousElementSibling : null;
      form.hidden = waits;
      if (waits && !note) {
        const words = made("p", { className: "hint", textContent: ON_THIS_PHONE });
        words.dataset.waits = "";
        form.before(words);
      } else if (!waits) note?.remove();
    }
  };

  // Keeping what could not be sent
  const waitsToo = (form) => form?.matches?.("form[data-offline]") && mine;
  const ours = (detail) => (waitsToo(detail.ctx?.sourceElement) && detail.ctx.request.method === "POST" ? detail.ctx : null);
  const keep = async (form, data, written = Date.now()) => {
    const fields = [...data].filter(([name, value]) => !["csrf_token", "command"].includes(name) && typeof value === "string");
    const said = Object.fromEntries(fields);
    const note = form.dataset.offline === "note";
    const person = one("[name=candidate]:checked", form)?.closest("label")?.textContent.trim() || form.dataset.person || said.q;
    if (note && !person) return say("Choose whom this is about.");
    const promise = said.promise ? `Promise: ${said.promise}` : "";
    const words = note ? [said.note, promise].filter(Boolean).join("\n") : `Kept: ${form.dataset.words}`;
    try {
      await outbox.keep({
        command: data.get("command") || fresh(),
        recruiter: mine,
        action: new URL(form.action).pathname,
        written,
        fields,
        words,
        person: person ?? "",
      });
    } catch {
      return say("This browser cannot keep it. Leave this page open until the network is back.");
    }
    if (form.dataset.instead) await outbox.drop(Number(form.dataset.instead));
    navigator.storage?.persist?.();
    navigator.serviceWorker?.ready.then((it) => it.sync?.register("kept-outbox")).catch(() => null);
    if (note) emptied(form, said);
    renewed(form);
    say(ON_THIS_PHONE);
    await show();
    wait();
  };
  const emptied = (form, said) => {
    delete form.dataset.instead;
    for (const name of ["note", "promise", "due", "due_at", "contact", "contact_works_at", "happened_at", "q"]) {
      const field = form.elements[name];
      if (field && field.value === said[name]) field.value = "";
    }
    one("#noticed", form)?.replaceChildren();
  };
  const renewed = (form) => {
    if (form.elements.command) form.elements.command.value = fresh();
  };
  on(
    "submit",
    (event) => {
      const form = event.target;
      if (form.matches("[data-sign-out]")) return leave(event, form);
      if (!waitsToo(form)) return;
      const finds = event.submitter?.name === "find";
      if (navigator.onLine && !shell && !asOf()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (finds) return found(form.elements.q);
      keep(form, new FormData(form, event.submitter)).then(go);
    },
    true,
  );
  on("htmx:config:request", ({ detail }) => {
    const ctx = ours(detail);
    if (ctx) Object.assign(ctx, { written: Date.now() }).request.timeout = TIMEOUT;
  });
  on("htmx:before:response", (event) => {
    const ctx = ours(event.detail);
    const heard = ctx?.response.headers;
    if (!ctx || heard.has("Kept-Reader") || heard.has("HX-Retarget")) return;
    event.preventDefault(); // whatever answered, it was not Kept
    failed(ctx);
  });
  on("htmx:error", ({ detail }) => {
    const ctx = ours(detail);
    if (ctx && ctx.text === undefined) failed(ctx);
  });
  const failed = (ctx) => {
    if (ctx.request.body.get("find")) return;
    keep(ctx.sourceElement, ctx.request.body, ctx.written);
  };
  on("htmx:after:request", ({ detail }) => {
    const ctx = ours(detail);
    if (ctx?.sourceElement.dataset.instead && ctx.response.status < 300) outbox.drop(Number(ctx.sourceElement.dataset.instead));
  });

  // Sending
  const go = async () => {
    if (!mine || !navigator.onLine) return show();
    const waiting = (await outbox.of(mine)).filter((it) => it.state === "waiting").length;
    if (!waiting) {
      await show();
      return freshen();
    }
    const { sent, why } = await outbox.flush();
    await show(why);
    if (sent) say(sent === 1 ? "Sent." : `Sent: ${sent}.`);
    if (why) wait();
    else await freshen();
  };
  const wait = () => {
    clearTimeout(again);
    again = setTimeout(() => document.visibilityState === "visible" && go(), pause);
    pause = Math.min(pause * 2, LATEST);
    sessionStorage.setItem("kept-pause", pause); // also over pages that are loaded again in vain
  };
  const freshen = async () => {
    const writing = all("textarea").some((box) => box.value !== box.defaultValue);
    if (!(asOf() || shell) || !navigator.onLine || writing) return;
    try {
      await outbox.session();
      location.reload();
    } catch {
      wait();
    }
  };

  // Signing out
  const leave = (event, form) => {
    if (form.dataset.sure || !mine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leaving(form);
  };
  const leaving = async (form) => {
    if (navigator.onLine) await outbox.flush();
    const left = (await outbox.of(mine)).length;
    if (left && !question) {
      question = true;
      await show();
      return one("button", place).focus();
    }
    gone(form);
  };
  const gone = async (form) => {
    if (navigator.onLine) {
      form.dataset.sure = "1";
      return form.requestSubmit();
    }
    await outbox.forget();
    await outbox.know("reader", null);
    await outbox.know("leaving", mine);
    location.assign("/offline");
  };
  const asked = (count) => {
    const form = one("[data-sign-out]");
    const words = `${count} ${count === 1 ? "note is" : "notes are"} not sent yet.`;
    const sending = async () => {
      const { why } = await outbox.flush();
      const left = (await outbox.of(mine)).length;
      if (!left) return gone(form);
      await show(why);
      one("button", place).focus();
    };
    const cancel = () => {
      question = false;
      show();
    };
    return made(
      "div",
      { role: "group", ariaLabel: "Sign out" },
      made("p", { className: "refusal", role: "alert", textContent: words }),
      made(
        "p",
        { className: "foot" },
        button("Send them first", sending, "primary"),
        button("Keep them on this phone", () => gone(form)),
        button("Cancel", cancel, "quiet"),
      ),
    );
  };

  // Reading
  const check = async () => {
    const kept = await outbox.pages(mine);
    if (!kept.length) return;
    const here = await outbox.session(kept.map((each) => each.person).filter(Boolean));
    if (here?.recruiter !== mine || !here.reading) return outbox.forget();
    for (const person of here.gone) await outbox.forgetPage(mine, `/candidates/${person}`);
  };
  const said = (title) => new DOMParser().parseFromString(title, "text/html").body.textContent;
  const found = async (field) => {
    const asked = field.value.trim().toLowerCase();
    const people = (await outbox.pages(mine)).filter((each) => each.person && said(each.title).toLowerCase().includes(asked));
    one("#people")?.replaceChildren(...(asked || shell ? people.map(pick) : []));
  };
  const pick = ({ person, title }) =>
    made("label", { className: "pick" }, made("input", { type: "radio", name: "candidate", value: person }), ` ${said(title)}`);
  on("input", ({ target }) => {
    if (target.matches("form[data-offline] [name=q]") && (shell || !navigator.onLine)) found(target);
  });
  const without = () => {
    if (asOf()) return;
    const words = `No network: this page is as of ${clock(loaded)}`;
    const banner = made("p", { className: "banner", id: "as-of", role: "status", textContent: words });
    one("header").prepend(banner);
  };
  const back = () => {
    pause = SOON;
    if (!asOf()) one("#as-of")?.remove();
    go();
  };

  // What was shared with Kept, and what is mended
  const fill = async () => {
    const form = one(".quick[data-offline]");
    const asks = new URLSearchParams(location.search);
    if (!form || shell) return;
    if (asks.has("shared")) {
      const it = await outbox.shared(asks.get("shared"));
      if (!it) return;
      const values = { title: it.title, text: it.text, url: it.url };
      form.elements.note.value = [it.title, it.text, it.url].filter(Boolean).join("\n");
      await self.htmx.ajax("POST", form.dataset.shared, { values, target: "#quick-note", swap: "outerHTML" });
      history.replaceState(null, "", location.pathname);
      await outbox.taken(asks.get("shared"));
    } else if (asks.has("outbox")) {
      const it = await outbox.item(Number(asks.get("outbox")));
      if (it?.recruiter === mine && it.state === "refused") mend(form, it);
    }
  };
  const mend = (form, it) => {
    const about = /^\/candidates\/([^/]+)\//.exec(it.action)?.[1];
    const fields = [...it.fields, ...(about ? [["candidate", about]] : [])];
    for (const [name, value] of fields) {
      const field = form.elements[name];
      if (name === "candidate" && value) {
        const choice = all("[name=candidate]", form).find((each) => each.value === value) ?? picked(form, value, it.person);
        choice.checked = true;
      } else if (field && "value" in field) field.value = value;
    }
    if (form.elements.happened_at && !form.elements.happened_at.value) form.elements.happened_at.value = there(it.written);
    form.dataset.instead = it.number;
    form.elements.note.focus();
  };
  const picked = (form, person, name) => {
    const choice = pick({ person, title: "" });
    choice.append(name);
    one("#people", form).before(choice);
    return one("input", choice);
  };
  const there = (at) => {
    const options = { timeZone: place.dataset.zone, dateStyle: "short", timeStyle: "short" };
    return new Intl.DateTimeFormat("sv-SE", options).format(at).replace(" ", "T");
  };

  const begin = async () => {
    if (shell) await begun();
    if (asOf()) all("form[data-offline]").forEach(renewed);
    if (!navigator.onLine) without();
    const signOut = one("[data-sign-out]");
    if (signOut && mine && (await outbox.fact("leaving")) === mine) {
      await outbox.know("leaving", null);
      signOut.dataset.sure = "1";
      return signOut.requestSubmit();
    }
    if (!shell) navigator.serviceWorker?.register("/sw.js").catch(() => null);
    await show();
    await fill();
    if (asOf() || shell) return wait();
    sessionStorage.removeItem("kept-pause");
    pause = SOON;
    go();
    if (navigator.onLine) check().catch(() => null);
  };
  const begun = async () => {
    mine = await outbox.fact("reader");
    one("#signed-in").hidden = !mine;
    one("#nobody").hidden = Boolean(mine);
    if (!mine) return;
    const pages = await outbox.pages(mine);
    const link = ({ path, title, at }) =>
      made("li", {}, made("a", { href: path, textContent: said(title) }), made("span", { className: "soft small", textContent: ` as of ${moment(at)}` }));
    one("#pages").replaceChildren(...pages.map(link));
    all("form[data-offline]").forEach(renewed);
    found(one("[name=q]"));
  };
  outbox.news?.addEventListener("message", () => show());
  addEventListener("online", back);
  addEventListener("offline", without);
  addEventListener("htmx:after:swap", () => show());
  on("visibilitychange", () => document.visibilityState === "visible" && go());
  addEventListener("pageshow", async ({ persisted }) => {
    const here = persisted && navigator.onLine && (await outbox.session().catch(() => ({ recruiter: mine })));
    if (persisted && here && here.recruiter !== mine) location.reload();
  });
  document.readyState === "complete" ? begin() : on("DOMContentLoaded", begin);
})();
