/* What a phone keeps: things written that are not sent yet, and pages for reading. Used by the pages and the worker. */
(() => {
  "use strict";
  const PAGES = "kept-pages-"; // and the recruiter whose they are
  const PATIENCE = 20_000;
  const AT_ONCE = 4_000;
  const WEEK = 7 * 24 * 3600_000;
  const news = "BroadcastChannel" in self ? new BroadcastChannel("kept") : null;
  let opened;

  // The store: `items` in the order they were written, `facts` by name, `shared` what other apps handed over.
  const store = () =>
    (opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open("kept", 1);
      asked.onupgradeneeded = () => {
        const items = asked.result.createObjectStore("items", { keyPath: "number", autoIncrement: true });
        items.createIndex("command", "command", { unique: true });
        asked.result.createObjectStore("facts");
        asked.result.createObjectStore("shared");
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        asked.result.onclose = () => (opened = undefined);
        resolve(asked.result);
      };
      asked.onerror = () => reject(asked.error);
      setTimeout(() => reject(new Error("The store does not open.")), AT_ONCE);
    }).catch((error) => {
      opened = undefined;
      throw error;
    }));
  // A page that is left, and may sleep in memory, holds nobody else up.
  self.addEventListener("pagehide", () => {
    opened?.then((base) => base.close(), () => null);
    opened = undefined;
  });
  const turn = async (name, mode, what) => {
    const base = await store();
    return new Promise((resolve, reject) => {
      const transaction = base.transaction(name, mode, { durability: "strict" });
      const asked = what(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  };
  const read = (name, what) => turn(name, "readonly", what);
  const write = (name, what) => turn(name, "readwrite", what);
  const changed = async (done) => {
    const result = await done;
    news?.postMessage("outbox");
    return result;
  };

  const of = async (recruiter) => (await read("items", (items) => items.getAll())).filter((it) => it.recruiter === recruiter);
  const item = (number) => read("items", (items) => items.get(number));
  const change = (it) => changed(write("items", (items) => items.put(it)));
  const drop = (number) => changed(write("items", (items) => items.delete(number)));
  const keep = async (it) => {
    try {
      await changed(write("items", (items) => items.add({ state: "waiting", sentence: "", written: Date.now(), ...it })));
    } catch (error) {
      if (error?.name !== "ConstraintError") throw error; // the very same thing waits already
    }
  };
  const fact = (name) => read("facts", (facts) => facts.get(name));
  const know = (name, value) => write("facts", (facts) => facts.put(value, name));

  // Sending, one after the other, by one tab at a time; the command makes sure that nothing is recorded twice.
  const alone = (work) => (navigator.locks ? navigator.locks.request("kept-outbox", work) : work());
  const asked = (address, more) =>
    fetch(address, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...more });
  const said = async (answer) => {
    const json = answer.headers.get("Content-Type")?.startsWith("application/json");
    return json ? await answer.json() : {};
  };
  const session = async (people = []) => {
    const answer = await asked(`/offline/session?${new URLSearchParams(people.map((id) => ["people", id]))}`);
    const here = await said(answer);
    if (here.csrf_token) return here;
    if (answer.type === "opaqueredirect") return null; // nobody is signed in
    throw new Error("This is not Kept.");
  };
  const send = async (it, here) => {
    const body = new URLSearchParams(it.fields);
    body.set("csrf_token", here.csrf_token);
    body.set("command", it.command);
    body.set("waited", Math.max(0, Math.round((Date.now() - it.written) / 1000)));
    const answer = await asked(`/offline${it.action}`, { method: "POST", body, headers: { "Kept-Reader": it.recruiter } });
    const { recorded, sentence } = await said(answer);
    if (answer.status === 201 && recorded === it.command) {
      await drop(it.number);
      return "sent";
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return "signed out";
    if (!sentence) return "no network"; // whatever answered, it was not Kept
    const refused = [400, 403, 404, 409, 413, 422].includes(answer.status);
    await change({ ...it, sentence, state: refused ? "refused" : "waiting" });
    return refused || answer.status === 500 ? "next" : "busy";
  };
  const flush = () =>
    alone(async () => {
      let sent = 0;
      try {
        const here = await session();
        if (!here) return { sent, why: "signed out" };
        for (const { number, state } of await of(here.recruiter)) {
          const it = state === "waiting" && (await item(number));
          const went = it ? await send(it, here) : "next";
          if (went === "sent") sent += 1;
          else if (went !== "next") return { sent, why: went };
        }
        return { sent, why: "" };
      } catch {
        return { sent, why: "no network" };
      }
    });

  // Pages kept for reading: one cache a recruiter, seven days at most.
  const pages = async (recruiter) => {
    if (!self.caches || !recruiter || !(await caches.has(PAGES + recruiter))) return [];
    const cache = await caches.open(PAGES + recruiter);
    const kept = [];
    for (const request of await cache.keys()) {
      const { headers } = await cache.match(request);
      const at = Number(headers.get("Kept-At"));
      if (Date.now() - at > WEEK) await cache.delete(request);
      else {
        const path = new URL(request.url).pathname;
        kept.push({ path, at, title: decodeURIComponent(headers.get("Kept-Title")), person: path.split("/candidates/")[1] });
      }
    }
    return kept.reverse();
  };
  const forget = async (but) => {
    for (const name of self.caches ? await caches.keys() : []) {
      if (name.startsWith(PAGES) && name !== PAGES + but) await caches.delete(name);
    }
  };
  const forgetPage = async (recruiter, path) => (await caches.open(PAGES + recruiter)).delete(path);

  // What another app handed over, for a day.
  const share = async (it) => {
    const id = crypto.randomUUID();
    await write("shared", (shared) => {
      shared.openCursor().onsuccess = ({ target: { result: each } }) => {
        if (!each) return;
        if (Date.now() - each.value.at > WEEK / 7) each.delete();
        each.continue();
      };
      return shared.put({ ...it, at: Date.now() }, id);
    });
    return id;
  };
  const shared = (id) => read("shared", (shared) => shared.get(id));
  const taken = (id) => write("shared", (shared) => shared.delete(id));

  self.outbox = { PAGES, news, of, item, keep, drop, fact, know, session, flush, pages, forget, forgetPage, share, shared, taken };
})();
