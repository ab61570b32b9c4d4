/* Writing without network: what cannot be sent is kept on this phone and goes out by itself. */
(() => {
  "use strict";
  if (document.querySelector("#outbox")) navigator.serviceWorker?.register("/sw.js");
})();
