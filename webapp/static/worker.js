/* Stands in while there is no network. Pages come from the network first, always; what it kept is shown with its time. */
(() => {
  "use strict";
  const STATIC = "kept-static";
  const { shell, assets } = self.KEPT;

  self.addEventListener("install", (event) => {
    const keep = async () => {
      const cache = await caches.open(STATIC);
      await cache.addAll([...assets, new Request(shell, { cache: "reload" })]);
      await self.skipWaiting();
    };
    event.waitUntil(keep());
  });

  self.addEventListener("activate", (event) => {
    event.waitUntil(self.clients.claim());
  });

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin || pathname === "/demo" || pathname.startsWith("/demo/")) return;
    if (request.method === "GET" && request.mode === "navigate") {
      event.respondWith(fetch(request).catch(() => caches.match(shell)));
    }
  });
})();
