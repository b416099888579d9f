/**
 * Saves each answer as it is given. Answers wait in the browser, each under a command id of its
 * own, and are sent in order when there is a connection: nothing is lost, a repeat is harmless.
 */
const key = `assay-waiting:${location.pathname}`;
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

const formOf = (question) => document.getElementById(`q-${question.slice(0, 5)}`);

const tell = (question, text, isProblem) => {
  const place = formOf(question)?.querySelector("[data-state]");
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
  const reason = data.get("reason")?.trim();
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

/** A no on a key question waits for its rationale: without one it would only be refused. */
const isReady = ({ question, answer, rationale }) =>
  question.length > 5 || answer !== "no" || Boolean(rationale);

const enqueue = (form, question) => {
  const command = commandFor(form, question);
  if (!command) return;
  if (!isReady(command)) return tell(question, "Say why, and it is saved.", false);
  const waiting = load().filter((each) => each.command.question !== question || each.sent);
  keep([...waiting, { id: crypto.randomUUID(), command }]);
  void drain();
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
        // Words that could identify a child are not saved unasked.
        prefer: "handling=strict",
      },
      body: JSON.stringify(command),
    });
  } catch {
    say(`No connection: ${load().length} waiting here, safe`, "waiting");
    return false;
  }
  if (response.ok) {
    formOf(command.question)?.removeAttribute("data-held");
    tell(command.question, `${command.question} saved`, false);
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
  const question = command.question.slice(0, 5);
  formOf(question)?.toggleAttribute("data-held", Boolean(warnings));
  const help = warnings ? ` Take it out, or press “Save ${question}” to keep it.` : "";
  tell(command.question, `${detail ?? title}${help}`, true);
  return true;
};

for (const form of forms)
  form.addEventListener("change", ({ target }) => {
    const row = target.closest("[data-question]");
    if (row) enqueue(form, row.dataset.question);
    else if (target.closest("[data-reason]"))
      for (const each of form.querySelectorAll("[data-question]")) {
        const state = form.querySelector(".question__state--problem");
        if (state?.textContent && each.dataset.question) enqueue(form, each.dataset.question);
      }
  });

/** What waited when the page was left is shown as it was given. */
for (const { command } of load()) {
  const form = formOf(command.question);
  const choice = form?.querySelector(
    `input[name="answer.${command.question}"][value="${command.answer}"]`,
  );
  if (choice) choice.checked = true;
  const words = form?.querySelector(`textarea[name="rationale.${command.question}"]`);
  if (words && command.rationale) words.value = command.rationale;
}

addEventListener("online", () => void drain());
setInterval(() => load().length > 0 && void drain(), 10_000);
if (load().length > 0) void drain();
else say("Saves as you go", "saved");
