/** What the verifier page does: reads the bundle that is chosen, judges it, and says what holds. */
import { countsInWords, verdictOf } from "@assay/ledger/verify-bundle.ts";

import { judge } from "../judge.ts";

const byId = (id) => document.getElementById(id);
const [file, drop, keys, beside, result] = [
  byId("file"),
  byId("drop"),
  byId("keys"),
  byId("beside"),
  byId("result"),
];

/** What was last chosen: a change of the trusted keys judges it again. */
let chosen;

const element = (name, { text, ...attributes } = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
};

const trusted = () =>
  keys.value
    .split(/\s+/)
    .map((line) => line.trim())
    .filter(Boolean);

const rowOf = ({ name, holds, detail }) =>
  element(
    "tr",
    { class: holds ? "holds" : "fails" },
    element("th", { scope: "row", text: name }),
    element("td", { class: "sign", text: holds ? "✓ holds" : "✗ fails" }),
    element("td", { text: detail }),
  );

const tableOf = (caption, heads, rows) =>
  element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", { text: caption }),
      element(
        "thead",
        {},
        element("tr", {}, ...heads.map((text) => element("th", { scope: "col", text }))),
      ),
      element("tbody", {}, ...rows),
    ),
  );

const deciders = {
  rule: "the rule",
  discretion: "the panel’s discretion",
  panel: "the panel",
  adopted: "taken over as published, unexplained",
  "not-rated": "no case to rate",
};

/** The ratings as the bundle has them; computed again the same when the report holds. */
const ratingsOf = (bytes, report) => {
  const { ratings } = JSON.parse(new TextDecoder().decode(bytes));
  const rows = ratings.standards.map(({ standard, rule, rating, decidedBy }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", text: standard }),
      element("td", { text: rating ?? "not rated" }),
      element("td", { text: rule ?? "–" }),
      element("td", { text: deciders[decidedBy] ?? decidedBy }),
    ),
  );
  const overall = `${ratings.overall ?? "withheld"}, ${ratings.score} of ${ratings.maxScore}`;
  return [
    element("h2", { text: `Ratings of ${report.inspection}` }),
    element("p", { text: `Overall: ${overall}. Computed again from the events: the same.` }),
    tableOf("Ratings", ["Standard", "Rating", "By the rule", "Decided by"], rows),
  ];
};

/** What it comes to for somebody who has never seen a bundle. */
const meaningOf = ({ holds, trust }) => [
  element("h2", { text: "What this means" }),
  element("p", {
    text: holds
      ? "The recorded events keep the rules, nobody changed them after they were signed, and the ratings follow from them. That the answers about a case are right is not proven: inspectors judged it. Words are not in the file."
      : "Something in the file is not as it should be. The table names it. Do not rely on the ratings before that is explained.",
  }),
  ...(holds && trust.length > 0
    ? [
        element("h3", { text: "Whom you still have to trust" }),
        element(
          "ul",
          { id: "trust" },
          ...trust.map((whom) => element("li", { text: capital(whom) })),
        ),
      ]
    : []),
];

const capital = (text) => text[0].toUpperCase() + text.slice(1);

const show = (report, bytes) => {
  const verdict = `${capital(verdictOf(report))}: audit bundle of ${report.inspection}`;
  const mood = report.holds ? "holds" : "fails";
  result.replaceChildren(
    element("p", { class: `verdict ${mood}`, text: verdict }),
    ...meaningOf(report),
    tableOf("What was checked", ["Check", "Result", "What was found"], report.checks.map(rowOf)),
    element("p", { class: "counts", text: `${capital(countsInWords(report))}.` }),
    ...(report.caveats.length > 0
      ? [
          element("h2", { text: "What cannot be checked from this file" }),
          element(
            "ul",
            { id: "caveats" },
            ...report.caveats.map((text) => element("li", { text })),
          ),
        ]
      : []),
    ...(report.holds ? ratingsOf(bytes, report) : []),
  );
};

const say = (text) => result.replaceChildren(element("p", { class: "verdict", text }));

const judgeChosen = () => {
  if (!chosen) return;
  say("Checking …");
  // After the browser has shown that: judging takes a second or two.
  setTimeout(() => {
    try {
      show(judge(chosen, trusted()), chosen);
    } catch (error) {
      say(`A key that you trust cannot be read: ${error.message}.`);
    }
  }, 30);
};

const choose = async (blob) => {
  if (!blob) return;
  chosen = new Uint8Array(await blob.arrayBuffer());
  judgeChosen();
};

const chooseBeside = async () => {
  const answer = await fetch("audit-bundle.json");
  if (!answer.ok) say("There is no audit-bundle.json beside this page.");
  else await choose(await answer.blob());
};

/** What cannot be read is said, not lost. */
const told = (work) => void work.catch((error) => say(`That cannot be read: ${error.message}.`));

file.addEventListener("change", () => told(choose(file.files[0])));
keys.addEventListener("change", judgeChosen);
drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  told(choose(event.dataTransfer.files[0]));
});
// A page from a disk may not read the file beside it; one from a web server may.
for (const each of [beside, byId("back")]) each.hidden = !location.protocol.startsWith("http");
beside.addEventListener("click", () => told(chooseBeside()));
