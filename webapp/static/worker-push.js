/* What a lock screen shows, and what a tap there does: it is noted at once, or else its page is opened. */
(() => {
  "use strict";
  const PATIENCE = 5000;
  const icon = "/static/icon-192.png";

  self.addEventListener("push", (event) => {
    let said = { title: "A promise is due", body: "", tag: "today", url: "/", actions: [] };
    try {
      said = { ...said, ...event.data.json() };
    } catch {
      // a browser that is told of a push has to show something
    }
    const { title, body, tag, url, actions, seen } = said;
    const buttons = actions.map(({ action, title }) => ({ action, title }));
    const options = { body, tag, icon, badge: icon, renotify: true, data: { url, seen, actions }, actions: buttons };
    event.waitUntil(self.registration.showNotification(title, options));
  });

  const open = async (url) => {
    const address = new URL(url, self.registration.scope).href;
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = windows.find((client) => client.url === address);
    return there ? there.focus() : self.clients.openWindow(address);
  };

  const tapped = async ({ token, said }, seen, tag) => {
    const page = `/answers/${token}`;
    const form = new URLSearchParams({ seen });
    const sent = { method: "POST", body: form, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(PATIENCE) };
    const noted = await fetch(`${page}/taps`, sent).then((answer) => answer.status === 204, () => false);
    if (!noted) return open(page);
    return self.registration.showNotification(said, { tag, icon, badge: icon, silent: true });
  };

  self.addEventListener("notificationclick", (event) => {
    const { data, tag } = event.notification;
    const action = data?.actions?.find((each) => each.action === event.action);
    event.notification.close();
    event.waitUntil(action ? tapped(action, data.seen, tag) : open(data?.url ?? "/"));
  });

  self.addEventListener("pushsubscriptionchange", (event) => {
    const renew = async () => {
      const { key, token } = await (await fetch("/push/key")).json();
      const subscription = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
      const { endpoint, keys } = subscription.toJSON();
      const form = new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth, renewed: "1", csrf_token: token });
      await fetch("/push/subscriptions", { method: "POST", body: form });
    };
    event.waitUntil(renew());
  });
})();
