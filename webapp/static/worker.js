/* Stands in while there is no network. The network comes first, always; what was kept is shown with its time. */
(() => {
  "use strict";
  const STATIC = "kept-static";
  const PEOPLE = 20;
  const PATIENCE = 8_000;
  const SOME_DAYS = 8 * 24 * 3600_000; // as long as pages may live that need an older file
  const { shell, assets } = self.KEPT;
  const { PAGES, fact, flush, forget, know, pages, share } = self.outbox;

  self.addEventListener("install", (event) => {
    const keep = async () => {
      const cache = await caches.open(STATIC);
      await cache.addAll([...assets, new Request(shell, { cache: "reload" })]);
      await self.skipWaiting();
    };
    event.waitUntil(keep());
  });
  self.addEventListener("activate", (event) => {
    const begin = async () => {
      await self.clients.claim();
      await tidy();
      const today = await fetch("/").catch(() => null);
      if (today?.ok && !today.redirected) await heard("/", today);
    };
    event.waitUntil(begin());
  });
  const tidy = async () => {
    const cache = await caches.open(STATIC);
    for (const request of await cache.keys()) {
      const { pathname, search } = new URL(request.url);
      const made = Date.parse((await cache.match(request)).headers.get("Date"));
      if (![...assets, shell].includes(pathname + search) && !(Date.now() - made < SOME_DAYS)) await cache.delete(request);
    }
  };

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname, searchParams } = new URL(request.url);
    if (origin !== location.origin || pathname === "/demo" || pathname.startsWith("/demo/")) return;
    const loads = request.mode === "navigate";
    if (request.method === "GET" && loads) event.respondWith(page(event, pathname));
    else if (request.method === "GET" && pathname.startsWith("/static/") && searchParams.has("v")) {
      event.respondWith(asset(request));
    } else if (request.method === "POST" && loads && pathname === "/note/shared") event.respondWith(taken(request));
  });

  const asset = async (request) => {
    const cache = await caches.open(STATIC);
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    try {
      const answer = await fetch(request);
      if (answer.ok) await cache.put(request, answer.clone());
      return answer;
    } catch (error) {
      const other = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
      if (other) return other;
      throw error;
    }
  };

  // Pages
  const page = async (event, path) => {
    const asked = fetch(event.request);
    event.waitUntil(
      asked.then(
        (answer) => heard(path, answer.headers.get("Kept-Offline") === "keep" ? answer.clone() : answer),
        () => null,
      ),
    );
    try {
      const answer = await Promise.race([asked, late()]);
      if (answer) return answer;
      const kept = await keptPage(path);
      return kept ? asOf(kept) : await asked;
    } catch {
      const kept = await keptPage(path).catch(() => null);
      return kept ? asOf(kept) : caches.match(shell, { cacheName: STATIC, ignoreVary: true });
    }
  };
  const late = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const keptPage = async (path) => {
    const recruiter = await fact("reader").catch(() => null);
    const known = (await pages(recruiter)).find((each) => each.path === path);
    return known && { ...known, answer: await (await caches.open(PAGES + recruiter)).match(path, { ignoreVary: true }) };
  };
  const asOf = async ({ answer, at }) => {
    const headers = new Headers(answer.headers);
    headers.delete("Kept-Title");
    const html = await answer.text();
    return new Response(html.replace("<header>", `<header>${banner(new Date(at))}`), { headers });
  };
  const banner = (at) => {
    const clock = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const day = at.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
    const when = at.toDateString() === new Date().toDateString() ? clock : `${day}, ${clock}`;
    return `<p class="banner" id="as-of" role="status" data-at="${at.getTime()}">No network: this page is as of ${when}</p>`;
  };

  // What an answer says about whose phone this is. One after the other, so that whoever signed out stays forgotten.
  let before = Promise.resolve();
  const heard = (path, answer) => (before = before.then(() => listen(path, answer)).catch(() => null));
  const listen = async (path, answer) => {
    const reader = answer.headers.get("Kept-Reader");
    const may = answer.headers.get("Kept-Offline");
    if (!reader) return;
    const recruiter = reader === "nobody" ? null : reader;
    if ((await fact("reader")) !== recruiter) await know("reader", recruiter);
    await forget(may === "no" ? null : recruiter);
    if (may === "keep" && recruiter) await keep(recruiter, path, answer);
  };
  const keep = async (recruiter, path, answer) => {
    const html = await answer.text();
    const headers = new Headers(answer.headers);
    for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
    headers.set("Kept-At", Date.now());
    headers.set("Kept-Title", encodeURIComponent(/<title>(.*?) · Kept<\/title>/.exec(html)?.[1] ?? ""));
    const cache = await caches.open(PAGES + recruiter);
    await cache.delete(path); // so that the order is that of opening
    await cache.put(path, new Response(html, { headers }));
    const people = (await pages(recruiter)).filter((each) => each.person);
    for (const each of people.slice(PEOPLE)) await cache.delete(each.path);
  };

  // What other apps share: kept here, so that it outlives a sign-in; the server reads it when the note is shown.
  const taken = async (request) => {
    const asked = request.clone();
    try {
      const form = await request.formData();
      const [title, text, url] = ["title", "text", "url"].map((name) => `${form.get(name) ?? ""}`.slice(0, 200_000));
      return Response.redirect(`/note?shared=${await share({ title, text, url })}`, 303);
    } catch {
      return fetch(asked);
    }
  };

  self.addEventListener("sync", (event) => {
    const sent = async () => {
      const { why } = await flush();
      if (why && why !== "signed out") throw new Error(why); // so that the browser tries again
    };
    if (event.tag === "kept-outbox") event.waitUntil(sent());
  });
})();
