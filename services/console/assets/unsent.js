/**
 * Keeps what is typed into a form, or into a part of one that is kept by itself, until it is sent:
 * here at once, then with the console, so that it is found again on any device. Says how it stands,
 * and asks before a page is left with words that are kept nowhere yet.
 */
const whose = document.querySelector("[data-person]")?.dataset.person;
const placeOf = (form) => `assay-unsent:${whose}:${location.pathname}:${form.dataset.unsent}`;
const formsHere = () => [...document.querySelectorAll("[data-unsent]")];

/** Pages kept for work without a connection are one person's, and go when they sign out. */
const forgetPages = () => void globalThis.caches?.delete("assay-cases");
if (localStorage.getItem("assay-person") !== whose) forgetPages();
localStorage.setItem("assay-person", whose);
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", forgetPages);

/** Forms with words that the console has not got yet, each with the timer that sends them. */
const waiting = new Map();
const sending = new Map();

const say = (form, text, link) => {
  const place = form.querySelector("[data-unsent-state]");
  if (!place) return;
  place.textContent = text;
  if (!link) return;
  const anchor = document.createElement("a");
  Object.assign(anchor, { href: link.href, textContent: link.text, className: "govuk-link" });
  place.append(" ", anchor);
};

const notTyped = new Set(["file", "submit", "button", "fieldset"]);
const choices = new Set(["radio", "checkbox"]);

/** What is kept of a form: what somebody typed or chose, and what was recorded when it opened. */
const typedIn = (form) => {
  const only = form.dataset.unsentOnly?.split(" ");
  const typed = {};
  for (const { name, value, type, checked, disabled } of form.elements) {
    if (!name || disabled || notTyped.has(type) || (choices.has(type) && !checked)) continue;
    if (name.startsWith("_") ? name !== "_seen" : type === "hidden") continue;
    if (only && !only.some((start) => name.startsWith(start))) continue;
    (typed[name] ??= []).push(value);
  }
  return typed;
};

const fill = (form, typed) => {
  for (const field of form.elements) {
    const values = typed[field.name];
    if (!field.name || field.name.startsWith("_") || field.type === "hidden") continue;
    if (choices.has(field.type)) field.checked = values?.includes(field.value) ?? false;
    else if (values && field.type !== "file") field.value = values.at(-1);
  }
};

const keepHere = (form) => localStorage.setItem(placeOf(form), JSON.stringify(typedIn(form)));
const forgetHere = (form) => localStorage.removeItem(placeOf(form));
const keptHere = (form) => JSON.parse(localStorage.getItem(placeOf(form)) ?? "null");

const bodyOf = (form, more = {}) => {
  const csrf = document.querySelector('input[name="_csrf"]').value;
  const { unsent, version = "0" } = form.dataset;
  const own = { _csrf: csrf, _page: location.pathname, _form: unsent, _version: version, ...more };
  const body = new URLSearchParams(own);
  if (!("_drop" in more))
    for (const [name, values] of Object.entries(typedIn(form)))
      for (const value of values) body.append(name, value);
  return body;
};

/** True when the console has the words, or cannot take them before the form is sent. */
const send = async (form) => {
  clearTimeout(waiting.get(form));
  say(form, "Keeping…");
  let response;
  try {
    response = await fetch("/unsent", { method: "POST", body: bodyOf(form) });
  } catch {
    say(form, "No connection. Your words are kept on this device.");
    return false;
  }
  if (response.ok) {
    form.dataset.version = (await response.json()).version;
    return true;
  }
  if (response.status === 409) return offerOther(form, await response.json());
  if (response.status === 401) {
    const href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
    const words = "You are no longer signed in. Your words are kept on this device.";
    say(form, words, { href, text: "Sign in, and they are here again" });
    return false;
  }
  if (response.status === 413) {
    say(form, "This is long: it is kept on this device until you send it.");
    return true;
  }
  say(form, "Assay cannot answer. Your words are kept on this device.");
  return false;
};

/** One at a time for each form; what is typed meanwhile is sent after it. */
const push = async (form) => {
  await sending.get(form);
  const before = JSON.stringify(typedIn(form));
  const under = send(form);
  sending.set(form, under);
  const done = await under;
  sending.delete(form);
  if (!done) return false;
  if (JSON.stringify(typedIn(form)) !== before) return push(form);
  waiting.delete(form);
  forgetHere(form);
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (!form.querySelector("[data-unsent-state] a")) say(form, `Kept at ${time}. Not sent yet.`);
  return true;
};

const take = (form) => {
  keepHere(form);
  clearTimeout(waiting.get(form));
  say(form, "Not kept yet");
  waiting.set(
    form,
    setTimeout(() => void push(form), 700),
  );
};

/** Another window kept other words: both are shown, and the writer chooses. */
const offerOther = (form, { version, typed }) => {
  form.querySelector("[data-other]")?.remove();
  const box = document.createElement("div");
  box.dataset.other = "";
  box.className = "versions";
  const words = document.createElement("div");
  words.className = "prose";
  words.textContent = Object.entries(typed)
    .filter(([name]) => !name.startsWith("_"))
    .map(([, values]) => values.join(", "))
    .join("\n");
  const head = document.createElement("p");
  head.className = "govuk-body";
  head.textContent = "You typed other words in another window:";
  const button = (text, act) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: text });
    made.className = "govuk-button govuk-button--secondary";
    made.addEventListener("click", () => {
      form.dataset.version = version;
      act();
      box.remove();
      take(form);
    });
    return made;
  };
  const left = document.createElement("div");
  left.append(
    head,
    words,
    button("Use the other words", () => fill(form, typed)),
    button("Keep these words", () => {}),
  );
  box.append(left);
  form.querySelector("[data-unsent-state]")?.after(box);
  say(form, "These words differ from those in another window. Choose which to keep.");
  return false;
};

document.addEventListener("input", ({ target }) => {
  const form = target.closest("[data-unsent]");
  if (!form || target.type === "file") return;
  const only = form.dataset.unsentOnly?.split(" ");
  if (!only || only.some((start) => target.name.startsWith(start))) take(form);
});

/** What was sent otherwise, or thrown away, is kept no longer. */
document.addEventListener("assay:sent", ({ target: form }) => {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  forgetHere(form);
  void fetch("/unsent", { method: "POST", body: bodyOf(form, { _drop: "yes" }) }).catch(() => {});
});

/** All words on the page are kept before one form of it is sent. */
let leaving = false;
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (leaving || event.defaultPrevented || form.method !== "post") return;
  const open = [...new Set([...waiting.keys(), ...sending.keys()])];
  if (open.length === 0) return void (leaving = true);
  event.preventDefault();
  if (submitter?.name === "_discard") {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    forgetHere(form);
  }
  void Promise.all([...waiting.keys()].map(push)).then((all) => {
    if (all.includes(false)) return;
    leaving = true;
    form.requestSubmit(submitter);
  });
});

addEventListener("pageshow", () => (leaving = false));
addEventListener("beforeunload", (event) => {
  if (!leaving && waiting.size > 0) event.preventDefault();
});
addEventListener("pagehide", () => {
  for (const form of waiting.keys()) navigator.sendBeacon("/unsent", bodyOf(form));
});

const pushAll = () => {
  for (const form of waiting.keys()) if (!sending.has(form)) void push(form);
};
addEventListener("online", pushAll);
setInterval(pushAll, 10_000);

/** What was typed when there was no connection, or nobody signed in. */
for (const form of formsHere()) {
  const typed = keptHere(form);
  if (!typed) continue;
  fill(form, typed);
  form.closest("details")?.setAttribute("open", "");
  waiting.set(form, undefined);
  void push(form);
}
