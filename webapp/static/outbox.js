/* What a phone keeps until it is sent: used by the pages and by the worker. */
(() => {
  "use strict";
  self.outbox = {};
})();
