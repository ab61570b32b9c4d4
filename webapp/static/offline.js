/* Writing without network: what cannot be sent is kept on this phone, in sight, and goes out by itself. */
(() => {
  "use strict";
  const place = document.querySelector("#outbox");
  const { outbox } = self;
  if (!place) return void outbox.forget().catch(() => null); // a stranger’s page
  if (!self.indexedDB) return;
  const ON_THIS_PHONE = "Kept on this phone, not sent yet.";
  const TIMEOUT = "8s";
  const SOON = 3_000; // and twice as long each time it was in vain, up to the latest
  const LATEST = 60_000;
  const SHORT = 300; // characters of a note in the outbox
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
    const toast = one("#toast");
    toast.replaceChildren(words);
    clearTimeout(hush);
    hush = setTimeout(() => toast.textContent === words && toast.replaceChildren(), 8000);
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
  const renewed = (form) => {
    if (form.elements.command) form.elements.command.value = fresh();
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
    const summary = made("summary", { textContent: `Waiting to be sent: ${items.length}` });
    const whole = made("details", { open: open || question, className: "fold promising" }, summary);
    const hint = WHY[why] ?? (refused === items.length ? "" : WHY["no network"]);
    if (hint) whole.append(made("p", { className: "hint", textContent: hint }));
    whole.append(made("ol", { className: "rows" }, ...items.map(row)));
    place.replaceChildren(...(question ? [asked(items.length)] : []), whole);
  };
  const row = (it) => {
    const state = it.state === "refused" ? "not accepted" : "not sent yet";
    const about = [it.person, `written ${moment(it.written)}`, state].filter(Boolean).join(" · ");
    const short = it.words.length > SHORT ? `${it.words.slice(0, SHORT)}…` : it.words;
    const what = made("p", { className: "what" }, ...short.split("\n").flatMap((line) => [line, made("br")]));
    const line = made("li", {}, what, made("p", { className: "small soft", textContent: about }));
    if (it.sentence) line.append(made("p", { className: "error", textContent: it.sentence }));
    if (it.state === "refused") line.append(moves(it));
    return line;
  };
  const moves = (it) => {
    const foot = made("p", { className: "foot" });
    const promise = /^\/promises\/[^/]+/.exec(it.action)?.[0];
    const first = () => {
      const href = promise ?? `${place.dataset.note}?outbox=${it.number}`;
      const link = made("a", { className: "button", href, textContent: promise ? "Open the promise" : "Edit" });
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
  // A promise marked here as kept shows so, instead of its button.
  const marks = (items) => {
    const states = new Map(items.map((it) => [it.action, it.state]));
    for (const form of all("form[data-offline=kept]")) {
      const state = states.get(new URL(form.action).pathname);
      const note = form.previousElementSibling?.matches("[data-waits]") ? form.previousElementSibling : null;
      if (state === "waiting" && !note) {
        const words = made("p", { className: "hint", textContent: ON_THIS_PHONE });
        words.dataset.waits = "";
        form.before(words);
        form.hidden = true;
      } else if (state === "refused" && note) {
        note.remove();
        form.hidden = false;
      } else if (note && !state) note.textContent = "Sent.";
    }
  };

  // Keeping what could not be sent
  const waitsToo = (form) => form?.matches?.("form[data-offline]") && mine;
  const ours = ({ ctx }) => (waitsToo(ctx?.sourceElement) && ctx.request.method === "POST" ? ctx : null);
  const keep = async (form, data, written = Date.now()) => {
    const ours = ([name, value]) => !["csrf_token", "command"].includes(name) && typeof value === "string";
    const fields = [...data].filter(ours);
    const said = Object.fromEntries(fields);
    const note = form.dataset.offline === "note";
    const person = chosen(form) || form.dataset.person || said.q || "";
    if (note && !person) return say("Choose whom this is about.");
    const promise = said.promise ? `Promise: ${said.promise}` : "";
    const words = note ? [said.note, promise].filter(Boolean).join("\n") : `Kept: ${form.dataset.words}`;
    const [command, action] = [data.get("command") || fresh(), new URL(form.action).pathname];
    try {
      await outbox.keep({ command, recruiter: mine, action, written, fields, words, person });
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
  const chosen = (form) => {
    const label = one("[name=candidate]:checked", form)?.closest("label").cloneNode(true);
    if (label) one(".soft", label)?.remove();
    return label?.textContent.trim();
  };
  const emptied = (form, said) => {
    delete form.dataset.instead;
    for (const name of ["note", "promise", "due", "due_at", "contact", "contact_works_at", "happened_at", "q"]) {
      const field = form.elements[name];
      if (field && field.value === said[name]) field.value = "";
    }
    one("#noticed", form)?.replaceChildren();
  };
  on(
    "submit",
    (event) => {
      const form = event.target;
      if (form.matches("[data-sign-out]")) return leave(event, form);
      if (!waitsToo(form) || (navigator.onLine && !shell && !asOf())) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.submitter?.name !== "find") keep(form, new FormData(form, event.submitter)).then(go);
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
    const { ctx } = detail;
    if (!ctx || ctx.text !== undefined) return;
    if (ours(detail)) failed(ctx);
    else if (ctx.request.method === "POST" && ctx.sourceElement.matches("form")) say("Kept cannot be reached. Nothing was changed.");
  });
  const failed = (ctx) => {
    if (!ctx.request.body.get("find")) keep(ctx.sourceElement, ctx.request.body, ctx.written);
  };
  on("htmx:after:request", ({ detail }) => {
    const instead = ours(detail)?.sourceElement.dataset.instead;
    if (instead && detail.ctx.response.status < 300) outbox.drop(Number(instead));
  });

  // Sending
  const go = async () => {
    const waiting = mine && (await outbox.of(mine)).some((it) => it.state === "waiting");
    if (!waiting || !navigator.onLine) {
      await show();
      return freshen();
    }
    const { sent, why } = await outbox.flush();
    await show(why);
    if (sent) say(sent === 1 ? "Sent." : `Sent: ${sent}.`);
    if (why) wait();
    else await freshen(sent);
  };
  const wait = () => {
    clearTimeout(again);
    again = setTimeout(() => document.visibilityState === "visible" && go(), pause);
    pause = Math.min(pause * 2, LATEST);
    sessionStorage.setItem("kept-pause", pause); // also over pages that are loaded again in vain
  };
  const differs = (box) => (/radio|checkbox/.test(box.type) ? box.checked !== box.defaultChecked : box.value !== box.defaultValue);
  const writing = () => all("main textarea, main input:not([type=hidden])").some(differs);
  // What stands on the page is old: it was kept on the phone, or something written on it has been sent since.
  const freshen = async (sent) => {
    if (!(sent || asOf() || shell) || !navigator.onLine || writing()) return;
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
    event.stopPropagation();
    leaving(form);
  };
  const left = async () => (await outbox.of(mine)).length;
  const leaving = async (form) => {
    if ((await left()) && navigator.onLine) await outbox.flush();
    if (question || !(await left())) return gone(form);
    question = true;
    await show();
    one("button", place).focus();
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
      if (!(await left())) return gone(form);
      await show(why);
      one("button", place).focus();
    };
    const cancel = () => {
      question = false;
      show();
    };
    const answers = [
      button("Send them first", sending, "primary"),
      button("Keep them on this phone", () => gone(form)),
      button("Cancel", cancel, "quiet"),
    ];
    const alert = made("p", { className: "refusal", role: "alert", textContent: words });
    return made("div", { role: "group", ariaLabel: "Sign out" }, alert, made("p", { className: "foot" }, ...answers));
  };

  // What may still be read, and how old it is
  const check = async () => {
    const kept = await outbox.pages(mine);
    if (!kept.length) return;
    const here = await outbox.session(kept.map((each) => each.person).filter(Boolean));
    if (here?.recruiter !== mine || !here.reading) return outbox.forget();
    for (const person of here.gone) await outbox.forgetPage(mine, `/candidates/${person}`);
  };
  const without = () => {
    if (asOf() || one("#as-of")) return;
    const words = `No network: this page is as of ${clock(loaded)}`;
    one("header").prepend(made("p", { className: "banner", id: "as-of", role: "status", textContent: words }));
  };
  const back = () => {
    pause = SOON;
    if (!asOf()) one("#as-of")?.remove();
    go();
  };
  const titled = (title) => new DOMParser().parseFromString(title, "text/html").body.textContent;
  const pages = async () => {
    const kept = await outbox.pages(mine);
    return kept.map((each) => ({ ...each, title: titled(each.title) }));
  };
  const link = ({ path, title, at }) => {
    const when = made("span", { className: "soft small", textContent: ` as of ${moment(at)}` });
    return made("li", {}, made("a", { href: path, textContent: title }), when);
  };
  const begunWithout = async () => {
    mine = await outbox.fact("reader");
    one("#signed-in").hidden = !mine;
    one("#nobody").hidden = Boolean(mine);
    one("#pages").replaceChildren(...(await pages()).map(link));
  };

  const begin = async () => {
    if (!shell) navigator.serviceWorker?.register("/sw.js").catch(() => null);
    if (shell) await begunWithout();
    if (shell || asOf()) all("form[data-offline]").forEach(renewed);
    if (!navigator.onLine && !shell) without();
    const signOut = one("[data-sign-out]");
    if (signOut && mine && (await outbox.fact("leaving")) === mine) {
      await outbox.know("leaving", null);
      signOut.dataset.sure = "1";
      return signOut.requestSubmit();
    }
    await show();
    if (asOf() || shell) return wait();
    sessionStorage.removeItem("kept-pause");
    pause = SOON;
    outbox.forget(mine).catch(() => null);
    go();
    if (navigator.onLine) check().catch(() => null);
  };
  const returned = async ({ persisted }) => {
    if (!persisted || !navigator.onLine) return;
    const here = await outbox.session().catch(() => undefined);
    if (here === null || (here && here.recruiter !== mine)) location.reload();
  };
  outbox.news?.addEventListener("message", () => show());
  addEventListener("online", back);
  addEventListener("offline", without);
  addEventListener("pageshow", returned);
  on("htmx:after:swap", () => show());
  on("visibilitychange", () => document.visibilityState === "visible" && go());
  const begun = new Promise((done) => on("DOMContentLoaded", () => begin().then(done)));

  self.offline = { begun, made, pages, shell, recruiter: () => mine };
})();
