/* A comfort: a card dropped on a stage sends the card's own form for moving. Every board works without this file. */
(() => {
  "use strict";
  const on = (what, then) => document.addEventListener(what, then);
  const card = (event) => event.target.closest?.("[data-card]");
  const stage = (event) => event.target.closest?.("[data-stage]");
  let held = null;

  // Only with a mouse, and only while one is down on the card itself, so that its words can be selected elsewhere.
  on("pointerdown", (event) => {
    const its = card(event);
    if (its) its.draggable = event.pointerType === "mouse" && !event.target.closest("a, button, input, label");
  });
  on("dragstart", (event) => {
    held = card(event) ?? null;
    event.dataTransfer?.setData("text/plain", "");
  });
  on("dragover", (event) => {
    if (!held || !stage(event)) return;
    event.preventDefault();
    mark(stage(event));
  });
  on("drop", (event) => {
    const [its, there] = [held, stage(event)];
    const form = its?.querySelector("form.onward");
    if (!form || !there) return;
    event.preventDefault();
    if (there.contains(its)) return;
    form.elements.stage.value = there.dataset.stage;
    form.requestSubmit();
  });
  on("dragend", () => {
    held = null;
    mark(null);
  });
  const mark = (there) => {
    for (const each of document.querySelectorAll("[data-stage]")) each.classList.toggle("over", each === there);
  };
})();
