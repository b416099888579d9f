/**
 * Saves each answer as it is given. Answers of a case wait in the browser, each under a command id
 * of its own, and are sent in order when there is a connection: nothing is lost, a repeat is
 * harmless.
 */
const key = `assay-waiting:${location.pathname.replace(/(\/assess)\/.*$/, "$1")}`;
const shown = document.querySelector("[data-save-state]");
const forms = [...document.querySelectorAll("form[data-answers]")];

const load = () => JSON.parse(localStorage.getItem(key) ?? "[]");
const keep = (waiting) =>
  waiting.length
    ? localStorage.setItem(key, JSON.stringify(waiting))
    : localStorage.removeItem(key);

const say = (text, state) => {
  shown.textContent = text;
  shown.dataset.saveState = state;
};

/** A prompt has the code of its key question, with a letter: 2.1.1a, V1.1a. */
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
  const about = ({ question, of }) => question ?? of;
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
    const open = document.querySelectorAll(".question__state--problem").length;
    if (open > 0) say("Not all saved: see below", "waiting");
    else say("All saved", "saved");
  } finally {
    draining = false;
  }
};

/** True when the answer has been dealt with, accepted or refused; false when it has to wait. */
const deliver = async ({ id, command }) => {
  const csrf = document.querySelector('input[name="_csrf"]').value;
  let response;
  try {
    response = await fetch("/api/v1/commands", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": id,
        "x-csrf-token": csrf,
        // Words that could identify somebody are not saved unasked.
        prefer: "handling=strict",
      },
      body: JSON.stringify(command),
    });
  } catch {
    say(`No connection: ${load().length} waiting here, safe`, "waiting");
    return false;
  }
  const about = command.question ?? command.of;
  if (response.ok) {
    partOf(about)?.removeAttribute("data-held");
    tell(about, command.question ? `${about} saved` : "Saved", false);
    if (command.question) count(command.question);
    partOf(about)?.dispatchEvent(new Event("assay:sent", { bubbles: true }));
    return true;
  }
  if (response.status === 401) {
    say(`Sign in again to send the ${load().length} that wait here`, "waiting");
    return false;
  }
  if (response.status === 429 || response.status >= 500) {
    say(`Assay cannot answer: ${load().length} waiting here, safe`, "waiting");
    return false;
  }
  const { detail, title, warnings } = await response.json();
  partOf(about)?.toggleAttribute("data-held", Boolean(warnings));
  const help = warnings ? " Take it out, or press “Save these answers” to keep it." : "";
  tell(about, `${detail ?? title}${help}`, true);
  return true;
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

/** What waited when the page was left is shown as it was given. */
for (const { command } of load()) {
  if (!command.question) continue;
  const part = partOf(command.question);
  const choice = part?.querySelector(
    `input[name="answer.${command.question}"][value="${command.answer}"]`,
  );
  if (choice) choice.checked = true;
  const words = part?.querySelector(`textarea[name="rationale.${command.question}"]`);
  if (words && command.rationale) words.value = command.rationale;
}

addEventListener("online", () => void drain());
setInterval(() => load().length > 0 && void drain(), 10_000);
if (load().length > 0) void drain();
else say("Saves as you go", "saved");
