/* The quick note on a phone: people who are kept there, what another app shared, and what is mended. */
(() => {
  "use strict";
  const { outbox, offline, htmx } = self;
  const place = document.querySelector("#outbox");
  const one = (what, within = document) => within.querySelector(what);
  const note = () => one(".quick[data-offline]");
  if (!offline || !note()) return;

  // Whom the letters typed so far may mean, among those whose pages are kept here
  const pick = (person, name) => {
    const choice = offline.made("input", { type: "radio", name: "candidate", value: person });
    return offline.made("label", { className: "pick" }, choice, ` ${name}`);
  };
  const find = async (typed) => {
    const asked = typed.trim().toLowerCase();
    const people = (await offline.pages()).filter((each) => each.person && each.title.toLowerCase().includes(asked));
    one("#people").replaceChildren(...people.map((each) => pick(each.person, each.title)));
  };
  const cut = () => offline.shell || !navigator.onLine;
  document.addEventListener("input", ({ target }) => cut() && target.matches(".quick [name=q]") && find(target.value));
  document.addEventListener("submit", ({ submitter }) => cut() && submitter?.name === "find" && find(note().elements.q.value), true);

  // What another app shared: the server reads it, or else its words stand in the note as they came.
  const take = async (id) => {
    const it = await outbox.shared(id);
    if (!it) return;
    const values = { title: it.title, text: it.text, url: it.url };
    note().elements.note.value = Object.values(values).filter(Boolean).join("\n");
    await htmx.ajax("POST", note().dataset.shared, { values, target: "#quick-note", swap: "outerHTML" });
    history.replaceState(null, "", location.pathname);
    await outbox.taken(id);
  };

  // What was not accepted, to be mended: saved, or kept anew, it takes the place of the old one.
  const mend = async (number) => {
    const [it, form] = [await outbox.item(number), note()];
    if (it?.recruiter !== offline.recruiter() || it.state !== "refused") return;
    const about = /^\/candidates\/([^/]+)\//.exec(it.action)?.[1];
    for (const [name, value] of [...it.fields, ...(about ? [["candidate", about]] : [])]) {
      const field = form.elements[name];
      if (name === "candidate" && value) choose(form, value, it.person);
      else if (field && "value" in field) field.value = value;
    }
    if (!form.elements.happened_at.value) form.elements.happened_at.value = there(it.written);
    form.dataset.instead = number;
    form.elements.note.focus();
  };
  const choose = (form, person, name) => {
    const known = [...form.querySelectorAll("[name=candidate]")].find((each) => each.value === person);
    const choice = known?.closest("label") ?? pick(person, name);
    if (!known) one("#people", form).before(choice);
    one("input", choice).checked = true;
  };
  const there = (at) => {
    const options = { timeZone: place.dataset.zone, dateStyle: "short", timeStyle: "short" };
    return new Intl.DateTimeFormat("sv-SE", options).format(at).replace(" ", "T");
  };

  offline.begun.then(() => {
    const asked = new URLSearchParams(location.search);
    if (offline.shell) find("");
    else if (asked.has("shared")) take(asked.get("shared"));
    else if (asked.has("outbox")) mend(Number(asked.get("outbox")));
  });
})();
