/* Turns notifications on and off in this browser, on the page of settings. */
(() => {
  "use strict";
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const form = () => document.querySelector("#push-on");
  const pushes = async () => (await navigator.serviceWorker.ready).pushManager;

  const show = (what) => {
    for (const it of document.querySelectorAll("#phones [data-when]")) it.hidden = it.dataset.when !== what;
    if (form()) form().hidden = !["can", "failed"].includes(what);
  };
  const look = () => show(!can ? "cannot" : Notification.permission === "denied" ? "blocked" : "can");

  const subscribed = async (applicationServerKey) => {
    const options = { userVisibleOnly: true, applicationServerKey };
    const manager = await pushes();
    try {
      return await manager.subscribe(options);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      await (await manager.getSubscription())?.unsubscribe(); // of a Kept that had another key
      return manager.subscribe(options);
    }
  };
  const turnOn = async (it) => {
    try {
      if ((await Notification.requestPermission()) !== "granted") return look();
      const { endpoint, keys } = (await subscribed(it.dataset.key)).toJSON();
      Object.assign(it.elements.endpoint, { value: endpoint });
      Object.assign(it.elements.p256dh, { value: keys.p256dh });
      Object.assign(it.elements.auth, { value: keys.auth });
      it.requestSubmit();
    } catch {
      show("failed");
    }
  };
  const turnOff = async () => (await (await pushes()).getSubscription())?.unsubscribe();

  addEventListener(
    "submit",
    (event) => {
      if (event.target.matches("[data-push-off]")) turnOff();
      if (event.target !== form() || form().elements.endpoint.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      turnOn(event.target);
    },
    true,
  );
  document.addEventListener("htmx:after:swap", look);
  look();
})();
