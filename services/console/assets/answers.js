/**
 * Saves each answer as it is given. Answers of a case wait in the browser, each under a command id
 * of its own, and are sent in order when there is a connection: nothing is lost, a repeat is
 * harmless. What is refused then is shown beside what is recorded, until somebody deals with it.
 */
const home = location.pathname.replace(/(\/assess)\/.*$/, "$1");
const { person } = document.querySelector("[data-person]").dataset;
const shown = document.querySelector("[data-save-state]");
const forms = [...document.querySelectorAll("form[data-answers]")];

const listAt = (place) => ({
  load: () => JSON.parse(localStorage.getItem(place) ?? "[]"),
  keep: (list) =>
    list.length
      ? localStorage.setItem(place, JSON.stringify(list))
      : localStorage.removeItem(place),
});
const { load, keep } = listAt(`assay-waiting:${person}:${home}`);
const refused = listAt(`assay-refused:${person}:${home}`);
const about = ({ question, of }) => question ?? of;

const made = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);

const say = (text, state) => {
  shown.textContent = text;
  shown.dataset.saveState = state;
};

/** A prompt is its key question with a letter: V1.1a. */
const keyQuestionOf = (question) => question.replace(/(?<![a-z])[a-z]+$/, "");
const isPrompt = (question) => keyQuestionOf(question) !== question;

/** The part of the page that asks it: a key question with its prompts, or a form of its own. */
const partOf = (question) =>
  document.getElementById(`q-${keyQuestionOf(question)}`) ??
  document.querySelector(`#form-JudgeClassification-${CSS.escape(question)} form`);

const tell = (question, text, isProblem) => {
  const part = partOf(question);
  const place = part?.querySelector("[data-state]") ?? part?.querySelector("[data-unsent-state]");
  if (!place) return;
  place.textContent = text;
  place.classList.toggle("question__state--problem", Boolean(isProblem));
};

/** The answer to one question as the form now shows it; undefined while there is none. */
const commandFor = (form, question) => {
  const data = new FormData(form);
  const answer = data.get(`answer.${question}`);
  if (!answer) return undefined;
  const { command, inspection, case: id } = form.dataset;
  const rationale = data.get(`rationale.${question}`)?.trim();
  const reason = data.get(`reason.${keyQuestionOf(question)}`)?.trim();
  return {
    type: command,
    inspection,
    case: id,
    question,
    answer,
    ...(rationale && { rationale }),
    ...(reason && command === "RecordJudgement" && { reason }),
  };
};

/** Classifications are saved in the same way. */
const classified = (form) => {
  const data = new FormData(form);
  const { inspection } = document.querySelector("[data-inspection]").dataset;
  return {
    type: "JudgeClassification",
    inspection,
    case: form.dataset.case,
    of: data.get("of"),
    answer: data.get("answer"),
  };
};

/** A no on a key question waits for its rationale: without one it would only be refused. */
const isReady = ({ question, answer, rationale }) =>
  isPrompt(question) || answer !== "no" || Boolean(rationale);

const enqueue = (form, question) => {
  const command = commandFor(form, question);
  if (!command) return;
  if (!isReady(command)) return tell(question, "Say why, and it is saved.", false);
  add(command);
};

/** A later answer to the same question takes the place of one that was not sent. */
const add = (command) => {
  settle(command);
  const waiting = load().filter((each) => about(each.command) !== about(command) || each.sent);
  keep([...waiting, { id: crypto.randomUUID(), command }]);
  void drain();
};

/** How many key questions of the case are answered, as the page says it. */
const answered = new Set();
const count = (question) => {
  const place = document.querySelector("[data-count]");
  if (!place || isPrompt(question) || answered.has(question)) return;
  answered.add(question);
  if (partOf(question)?.dataset.answered !== undefined) return;
  place.dataset.count = String(Number(place.dataset.count) + 1);
  place.textContent = place.dataset.count;
};

let draining = false;

const drain = async () => {
  if (draining) return;
  draining = true;
  try {
    for (let next = load()[0]; next; next = load()[0]) {
      say(`Saving ${load().length}…`, "saving");
      keep(load().map((each) => (each.id === next.id ? { ...each, sent: true } : each)));
      if (!(await deliver(next))) return;
      keep(load().filter(({ id }) => id !== next.id));
    }
    if (refused.load().length > 0) say("Not all saved: see below", "waiting");
    else say("All saved", "saved");
  } finally {
    draining = false;
  }
};

/** This page as it is now; undefined without a connection or a session. */
const fresh = async (path = location.pathname) => {
  const response = await fetch(path, { headers: { accept: "text/html" } }).catch(() => undefined);
  if (!response?.ok || response.redirected) return undefined;
  return new DOMParser().parseFromString(await response.text(), "text/html");
};

const formToken = (page = document) => page.querySelector('[name="_csrf"]')?.value;

/**
 * What to do when the form token does not hold: the page may be of a former session. Nobody's
 * answers are sent while somebody else is signed in.
 */
const renewed = async () => {
  const now = await fresh(home);
  if (now?.querySelector("[data-person]")?.dataset.person !== person) return "wait";
  if (formToken(now) === formToken()) return "refused";
  for (const field of document.querySelectorAll('[name="_csrf"]')) field.value = formToken(now);
  return "again";
};

/** False, because it has to wait: what is the matter, and how many wait. */
const waits = (why) => {
  say(`${why}: ${load().length} waiting here, safe`, "waiting");
  return false;
};

/** True when the answer has been dealt with, accepted or refused; false when it has to wait. */
const deliver = async ({ id, command }) => {
  const response = await fetch("/api/v1/commands", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": id,
      "x-csrf-token": formToken(),
      // Words that could identify somebody are not saved unasked.
      prefer: "handling=strict",
    },
    body: JSON.stringify(command),
  }).catch(() => undefined);
  if (!response) return waits("No connection");
  const name = about(command);
  if (response.ok) {
    partOf(name)?.removeAttribute("data-held");
    settle(command);
    tell(name, command.question ? `${name} saved` : "Saved", false);
    if (command.question) count(command.question);
    partOf(name)?.dispatchEvent(new Event("assay:sent", { bubbles: true }));
    return true;
  }
  if (response.status === 401) return waits("Sign in again");
  if (response.status === 429 || response.status >= 500) return waits("Assay cannot answer");
  const then = response.status === 403 ? await renewed() : "refused";
  if (then === "again") return deliver({ id, command });
  if (then === "wait") return waits("Sign in as yourself");
  const { detail, title, warnings } = await response.json();
  partOf(name)?.toggleAttribute("data-held", Boolean(warnings));
  const help = warnings ? " Take it out, or press “Save these answers” to keep it." : "";
  refused.keep([...refused.load(), { command, said: `${detail ?? title}${help}` }]);
  await tellRefused();
  return true;
};

const settle = (command) => {
  refused.keep(refused.load().filter((each) => about(each.command) !== about(command)));
  partOf(about(command))?.querySelector("[data-other]")?.remove();
  listRefused();
};

/** On every page of the case: what was not taken, with a link to where it is asked. */
const listRefused = () => {
  const place = document.querySelector("[data-refused]");
  const elsewhere = refused.load().filter(({ command }) => !partOf(about(command)));
  place.hidden = elsewhere.length === 0;
  place.replaceChildren(
    ...elsewhere.map(({ command, said }) => {
      const question = keyQuestionOf(about(command));
      const step = command.question
        ? question.slice(0, question.lastIndexOf("."))
        : "classification";
      const href = `${home}/${step}`;
      const line = made("p");
      line.append(
        made("a", { href, textContent: about(command), className: "govuk-link" }),
        ` was not saved. ${said}`,
      );
      return line;
    }),
  );
};

const answerIn = (page, question) => {
  const chosen = page.querySelector(`input[name="answer.${question}"]:checked`);
  const rationale = page.querySelector(`textarea[name="rationale.${question}"]`)?.defaultValue;
  return { answer: chosen?.value, rationale };
};

const named = { yes: "Yes", no: "No", "not-applicable": "Not applicable" };
const inWords = ({ answer, rationale }) => [named[answer], rationale].filter(Boolean).join(": ");

/** Here: what was refused beside what is recorded, if somebody recorded another meanwhile. */
const tellRefused = async () => {
  listRefused();
  const here = refused.load().filter(({ command }) => partOf(about(command)));
  const now = here.length > 0 ? await fresh() : undefined;
  for (const { command, said } of here) {
    tell(about(command), said, true);
    const recorded = now && command.question ? answerIn(now, command.question) : {};
    if (!recorded.answer || recorded.answer === command.answer) continue;
    const part = partOf(command.question);
    part.querySelector("[data-other]")?.remove();
    const box = made("div", { className: "versions" });
    box.dataset.other = "";
    const column = (head, words) => {
      const both = made("div");
      both.append(made("p", { className: "govuk-body", textContent: head }), words);
      return both;
    };
    const className = "govuk-button govuk-button--secondary";
    const leave = made("button", {
      type: "button",
      textContent: "Leave it as recorded",
      className,
    });
    leave.addEventListener("click", () => {
      settle(command);
      restore({ ...command, rationale: undefined, ...recorded });
      tell(command.question, "Left as recorded", false);
      void drain();
    });
    box.append(column("Recorded now", inWords(recorded)), column("Yours", inWords(command)), leave);
    part.querySelector("[data-state]").after(box);
  }
};

const restore = ({ question, answer, rationale }) => {
  const part = partOf(question);
  const choice = part?.querySelector(`input[name="answer.${question}"][value="${answer}"]`);
  if (choice) choice.checked = true;
  const words = part?.querySelector(`textarea[name="rationale.${question}"]`);
  if (words && rationale) words.value = rationale;
};

for (const form of forms)
  form.addEventListener("change", ({ target }) => {
    const row = target.closest("[data-question]");
    if (row) enqueue(form, row.dataset.question);
    else if (target.closest("[data-reason]")) {
      const part = target.closest("[data-unsent]");
      if (part.querySelector(".question__state--problem")?.textContent)
        for (const each of part.querySelectorAll("[data-question]"))
          enqueue(form, each.dataset.question);
    }
  });

for (const form of document.querySelectorAll("form[data-at-once]"))
  form.addEventListener("change", () => add(classified(form)));

/** Without a connection there is nowhere to send the form; its answers wait here as they are. */
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.dataset.answers === undefined) return;
  event.preventDefault();
  waits("No connection");
});

/** What waited when the page was left, or was refused, is shown as it was given. */
for (const { command } of [...refused.load(), ...load()]) if (command.question) restore(command);

addEventListener("online", () => void drain());
setInterval(() => load().length > 0 && void drain(), 10_000);
if (load().length > 0) void drain();
else if (navigator.onLine) say("Saves as you go", "saved");
else say("No connection: what you answer waits here", "waiting");
void tellRefused();
