/** A report's action plan on the site: a page that changes as the service gets on, and its data. */
import { capitalised, counted, dayInWords } from "@assay/domain/kernel/wording.ts";
import {
  type ActionPlan,
  actionPlanOf,
  actionPlanSchema,
  type Answered,
  type Status,
  statusOf,
} from "./action-plan.ts";
import { column, type CsvTable, csvwOf, table } from "./csv-tables.ts";
import {
  type Block,
  type Chapter,
  heading,
  link,
  paragraph,
  say,
  type Table,
} from "./document/blocks.ts";
import { answeredIn, planPath, type Shelf, type OnShelf } from "./shelf.ts";
import { jsonFile, type SiteFile, textFile } from "./version-files.ts";

export const planOf = ({ plans }: Shelf, model: OnShelf): ActionPlan =>
  plans?.get(model.inspection) ?? actionPlanOf(model, []);

/** `of`: of this inspection's report alone. */
export const planFiles = (shelf: Shelf, of?: string): readonly SiteFile[] =>
  answeredIn(shelf).flatMap((model) => {
    if (of !== undefined && model.inspection !== of) return [];
    const plan = planOf(shelf, model);
    const folder = planPath(model);
    const address = `${shelf.publisher.url}${folder}`;
    const tables = planTables(plan);
    return [
      jsonFile(`${folder}action-plan.json`, plan),
      jsonFile(
        `${folder}action-plan.schema.json`,
        actionPlanSchema(`${address}action-plan.schema.json`),
      ),
      ...tables.map(({ name, text }) => textFile(`${folder}${name}`, "text/csv", text)),
      jsonFile(
        `${folder}csv-metadata.json`,
        csvwOf(`Action plan of ${plan.service.name}`, address, tables),
      ),
    ];
  });

const planTables = ({ inspection, recommendations }: ActionPlan): readonly CsvTable[] => {
  const actions = recommendations.flatMap(({ number, actions: all }) =>
    all.map((each, i) => ({ number, item: i + 1, ...each })),
  );
  const progress = recommendations.flatMap(({ number, progress: all }) =>
    all.map((each, i) => ({ number, item: i + 1, ...each })),
  );
  const inspected = column("inspection", "The inspection's id", "string", () => inspection);
  type Row = { readonly number: number; readonly item: number };
  const number = column<Row>("recommendation", "Its number", "integer", (row) => row.number);
  const item = column<Row>("item", "Place among those of it", "integer", (row) => row.item);
  const key = ["inspection", "recommendation", "item"];
  return [
    table("actions.csv", "Actions by recommendation", key, actions, [
      inspected,
      number,
      item,
      column("action", "What the service will do", "string", (row) => row.action),
      column("due", "By which day", "date", (row) => row.due),
    ]),
    table("progress.csv", "Progress by recommendation", key, progress, [
      inspected,
      number,
      item,
      column("on", "The day on which it was said", "date", (row) => row.on),
      column("status", "How far the service has come", "string", (row) => row.status),
      column("by", "Who says so: service or inspectorate", "string", (row) => row.by),
      column("note", "In words", "string", (row) => row.note),
    ]),
  ];
};

const statusWords: Readonly<Record<Status, string>> = {
  "not-started": "Not started",
  "in-progress": "In progress",
  done: "Done",
  "not-accepted": "Not accepted by the service",
};

/** Where the answer stands, in a sentence. */
export const standingWords = (plan: ActionPlan): string => {
  const { state, service, due, received = due, returned = due, accepted = due } = plan;
  switch (state) {
    case "awaited":
      return `${service.name} is to send its action plan by ${dayInWords(due)}.`;
    case "received":
      return (
        `The action plan was received on ${dayInWords(received)}. It is published here once the ` +
        "inspectorate has accepted it."
      );
    case "returned":
      return (
        `An action plan was received on ${dayInWords(received)} and returned to the service on ` +
        `${dayInWords(returned)}. A new one is awaited.`
      );
    case "accepted":
      return (
        `The action plan was received on ${dayInWords(received)} and accepted on ` +
        `${dayInWords(accepted)}, which closed the inspection. Progress is followed until the ` +
        "next inspection."
      );
  }
};

/** "2 of 5 recommendations done". */
const progressWords = ({ recommendations }: ActionPlan): string => {
  const done = recommendations.filter((each) => statusOf(each) === "done").length;
  return `${done} of ${counted(recommendations.length, "recommendation")} done`;
};

/** The same in a few words, for where there is no room. */
export const planSummary = (plan: ActionPlan): string => {
  if (plan.state === "accepted") return `${progressWords(plan)}.`;
  return plan.state === "received" ? "a plan was received." : `due by ${dayInWords(plan.due)}.`;
};

export const planBlocks = (plan: ActionPlan): readonly Block[] => [
  { kind: "notice", children: [say(standingWords(plan))] },
  overview(plan),
  paragraph(
    "The plan as data: ",
    link("action-plan.json", "JSON"),
    " with its ",
    link("action-plan.schema.json", "schema"),
    " · ",
    link("actions.csv", "actions (CSV)"),
    " · ",
    link("progress.csv", "progress (CSV)"),
    " · ",
    link("csv-metadata.json", "description of the tables (CSVW)"),
  ),
];

const overview = ({ recommendations, state }: ActionPlan): Table => ({
  kind: "table",
  id: "overview",
  caption: "Progress at a glance",
  columns: [
    { label: "Recommendation", numeric: false },
    { label: "Progress", numeric: false },
    { label: "Last action by", numeric: false },
  ],
  rows: recommendations.map((each) => [
    [link(`#recommendation-${each.number}`, `Recommendation ${each.number}`)],
    [{ kind: "strong", children: [say(progressOf(each, state))] }],
    [say(lastDue(each) ?? "–")],
  ]),
  notes: [],
});

const lastDue = ({ actions }: Answered): string | undefined => {
  const last = actions
    .map(({ due }) => due)
    .toSorted()
    .at(-1);
  return last && dayInWords(last);
};

const progressOf = (answered: Answered, state: ActionPlan["state"]): string => {
  const status = statusOf(answered);
  if (status) return statusWords[status];
  return state === "accepted" ? "Nothing reported yet" : "Plan awaited";
};

/** One recommendation after the other: what was asked, what is done about it, what came of it. */
export const planChapters = (plan: ActionPlan): readonly Chapter[] =>
  plan.recommendations.map((answered) => {
    const { number, addressee, wording } = answered;
    return {
      id: `recommendation-${number}`,
      title: `Recommendation ${number}`,
      blocks: [
        paragraph(
          { kind: "strong", children: [say(`${capitalised(addressee)} should: `)] },
          wording,
        ),
        ...actionBlocks(plan, answered),
        ...progressBlocks(answered),
      ],
    };
  });

const actionBlocks = ({ state }: ActionPlan, { number, actions }: Answered): readonly Block[] => {
  if (actions.length > 0) return [actionsTable(number, actions)];
  return state === "accepted"
    ? [paragraph("The accepted plan has no action on it: it was made after the plan.")]
    : [];
};

const actionsTable = (number: number, actions: Answered["actions"]): Table => ({
  kind: "table",
  id: `actions-${number}`,
  caption: `What the service will do about recommendation ${number}`,
  columns: [
    { label: "Action", numeric: false },
    { label: "By", numeric: false },
  ],
  rows: actions.map(({ action, due }) => [[say(action)], [say(dayInWords(due))]]),
  notes: [],
});

/** The newest first, because it is what holds. */
const progressBlocks = ({ number, progress }: Answered): readonly Block[] =>
  progress.length === 0
    ? []
    : [
        heading(3, `progress-${number}`, `Progress with recommendation ${number}`),
        {
          kind: "list",
          ordered: false,
          start: 1,
          items: progress
            .toReversed()
            .map(({ on, status, by, note }) => [
              paragraph(
                { kind: "strong", children: [say(statusWords[status])] },
                `, says the ${by} on ${dayInWords(on)}${note === "" ? "." : `: ${note}`}`,
              ),
            ]),
        },
      ];
