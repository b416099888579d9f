/**
 * An inspection told through the console's own forms: each command of its story is sent from the
 * page that offers it, by whoever may, with what a browser would send of that form and no more.
 */
import type { Column } from "@assay/domain/framework/case-list-settings.ts";
import { judgedAmong } from "@assay/domain/framework/standards.ts";
import { keyQuestionOf, standardOf } from "@assay/domain/kernel/codes.ts";
import { dayInEngland, Instant, timeInEngland } from "@assay/domain/kernel/instants.ts";
import type { Line, Plot } from "@assay/domain/reconstruction/story.ts";
import type { CaseRow } from "@assay/domain/sampling/case-list.ts";
import type { Engine } from "@assay/embedded/engine.ts";
import { lookAt } from "@assay/embedded/facts.ts";
import { scenesOf } from "@assay/embedded/scenes.ts";
import type { SteppedClock } from "@assay/host/clock.ts";

import type { Values } from "../fixtures/submissions.ts";
import type { Desk, Page } from "./desk.ts";
import { choiceIn } from "./form-fields.ts";

/** A command of the story as it stands there. */
type Told = Readonly<Record<string, unknown>> & { readonly type: string };
type Answered = Told & Readonly<Record<"case" | "question" | "answer", string>>;

/** What is filled in may depend on what the page offers. */
type Sending = {
  readonly path: string;
  /** The id of the form, or how it begins. */
  readonly form: string | RegExp;
  readonly values: Values | ((page: string) => Values);
};

export type ByForms = {
  readonly desk: Desk;
  readonly engine: Engine;
  readonly clock: SteppedClock;
  readonly plot: Plot;
};

/** Tells the whole story. Throws what a page says where it does not take a form. */
export const carryByForms = async ({ desk, engine, clock, plot }: ByForms): Promise<void> => {
  let person = "";
  for await (const { at, lanes } of scenesOf(plot, (id) => lookAt(engine.store, id))) {
    if (at > clock.now()) await clock.moveTo(at, () => engine.idle());
    for (const lines of lanes.flatMap(together)) {
      const { by } = lines[0]!;
      const next = `${by.id}/${by.role}/${by.service ?? ""}`;
      if (next !== person) await desk.signIn((person = next));
      await send(desk, sendingOf(plot, lines));
      await engine.idle();
    }
  }
};

/** Answers to the questions of one standard stand in one form; every other command in its own. */
const together = (lane: readonly Line[]): readonly (readonly Line[])[] => {
  const groups = new Map<string, Line[]>();
  for (const [place, line] of lane.entries()) {
    const { type, case: id, question } = line.command as unknown as Told;
    const own =
      typeof question === "string" ? `${type} ${String(id)} ${standardAsked(question)}` : place;
    groups.set(String(own), [...(groups.get(String(own)) ?? []), line]);
  }
  return [...groups.values()];
};

/** What a page warns of is read and sent again, as its writer would who knows better. */
const send = async (desk: Desk, { path, form, values }: Sending): Promise<void> => {
  const shown = await desk.read(path);
  const id =
    typeof form === "string"
      ? form
      : new RegExp(`id="form-(${form.source})"`).exec(shown.text)?.[1];
  if (id === undefined) throw new Error(`${path} has no form ${String(form)}`);
  const page = await desk.send(
    shown,
    id,
    typeof values === "function" ? values(shown.text) : values,
  );
  if (!page.at.includes("?done=")) throw new Error(`${path}, ${id}: ${page.status} ${said(page)}`);
};

/** What the page says is wrong. */
export const said = ({ text }: Page): string =>
  (/id="problems".*?<\/ul>/s.exec(text)?.[0] ?? text.slice(0, 200))
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

const sendingOf = (plot: Plot, lines: readonly Line[]): Sending => {
  const told = lines[0]!.command as unknown as Told;
  const { page, form = told.type, values = flat } = forms[told.type] ?? {};
  if (page === undefined) throw new Error(`no page is known for ${told.type}`);
  const home = told.type === "ScheduleInspection" ? "" : `/inspections/${plot.inspection}`;
  return {
    path: `${home}${typeof page === "string" ? page : page(told, plot)}`,
    form: typeof form === "function" ? form(told, plot) : form,
    values: (text) => values(told, { plot, text, lines }),
  };
};

type Around = { readonly plot: Plot; readonly text: string; readonly lines: readonly Line[] };

/** Where a command is sent from, under which form, and how its fields are filled in. */
type Sent = {
  readonly page: string | ((told: Told, plot: Plot) => string);
  readonly form?: string | RegExp | ((told: Told, plot: Plot) => string);
  readonly values?: (told: Told, around: Around) => Values;
};

/** Each field under the name by which it is sent; what the page's hidden fields say, stays. */
const flat = (told: Told, _?: Around, left: readonly string[] = []): Values => {
  const fields: Record<string, string | readonly string[]> = {};
  const add = (name: string, value: unknown): void => {
    if (typeof value !== "object" || value === null) fields[name] = String(value);
    else if (Array.isArray(value) && value.every((each) => typeof each === "string"))
      fields[name] = value;
    else for (const [key, each] of Object.entries(value)) add(`${name}.${key}`, each);
  };
  const apart = new Set(["type", "case", "standard", ...left]);
  for (const [name, value] of Object.entries(told)) if (!apart.has(name)) add(name, value);
  return fields;
};

const picked =
  (...names: readonly string[]) =>
  (told: Told): Values =>
    Object.fromEntries(
      names.flatMap((name) => (name in told ? [[name, told[name]]] : [])),
    ) as Values;

const inCase = (told: Told): string => `/cases/${String(told["case"])}`;
const assessing = (step: string) => (told: Told) => `${inCase(told)}/assess/${step}`;
const standardAsked = (question: unknown): string => standardOf(keyQuestionOf(String(question)));
const answering: Sent = {
  page: (told) => assessing(standardAsked(told["question"]))(told),
  form: "answers",
  values: (_, { lines }) =>
    Object.fromEntries(
      lines.flatMap(({ command }) => {
        const { question, answer, rationale } = command as unknown as Answered;
        const why = keyQuestionOf(question) === question && typeof rationale === "string";
        return [
          [`answer.${question}`, answer],
          ...(why ? [[`rationale.${question}`, rationale]] : []),
        ];
      }),
    ) as Values,
};
const moment = (name: string, at: string): Values => {
  const [year, month, day] = dayInEngland(Instant.parse(at)).split("-") as [string, string, string];
  return {
    [`${name}-year`]: year,
    [`${name}-month`]: month,
    [`${name}-day`]: day,
    [`${name}-time`]: timeInEngland(Instant.parse(at)),
  };
};

/** The page of the standard, or of the domain, under which it is judged. */
const onPanel = ({ standard }: Told, { framework }: Plot): string => {
  const judged = judgedAmong(framework, framework.standards).find(({ code }) => code === standard);
  return `/panel/${judged?.standard.code ?? String(standard)}`;
};
const onReport = "/report";
const onFieldwork = "/fieldwork";

/** The list as a service's own system writes it: with the labels of columns and of their values. */
const csvOf = (columns: readonly Column[], rows: readonly CaseRow[]): Blob => {
  const cell = ({ name, type }: Column, row: CaseRow): string => {
    const value = row[name];
    if (type.kind === "yes-no") return value === true ? "yes" : "no";
    if (type.kind !== "choice") return String(value ?? "");
    return type.values.find((each) => each.value === value)?.label ?? "";
  };
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = [
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map((column) => cell(column, row))),
  ];
  return new Blob([lines.map((cells) => cells.map(quoted).join(",")).join("\r\n")]);
};

const forms: Readonly<Record<string, Sent>> = {
  ScheduleInspection: {
    page: "/programme",
    values: (told, { plot }) => ({
      ...flat(told, undefined, ["framework", "kind", "team"]),
      inspection: plot.inspection,
      framework: `${plot.framework.id}/${plot.kind ?? plot.framework.kinds[0]!.id}`,
      ...Object.fromEntries(
        (told["team"] as readonly { readonly person: string }[]).map(({ person }, place) => [
          `team.${place}.person`,
          person,
        ]),
      ),
    }),
  },
  AnnounceInspection: {
    page: "",
    values: (told) =>
      Object.fromEntries(
        (told["recipients"] as readonly { readonly text: { readonly name: string } }[]).map(
          ({ text }, place) => [`recipients.${place}.text.name`, text.name],
        ),
      ),
  },
  SubmitCaseList: {
    page: "/service",
    values: (told, { plot }) => ({
      rows: csvOf(plot.framework.columns, told["rows"] as readonly CaseRow[]),
    }),
  },
  SatisfyRequest: {
    page: onFieldwork,
    form: ({ request }) => `SatisfyRequest-${String(request)}`,
    values: picked(),
  },
  DrawSample: { page: "/sample" },
  NotifySample: { page: "/sample" },
  AllocateCase: { page: inCase },
  RecordScope: {
    page: assessing("scope"),
    values: (told) => flat({ ...told, scope: { facts: (told["scope"] as Told)["facts"] } }),
  },
  JudgeClassification: {
    page: assessing("classification"),
    form: ({ of }) => `JudgeClassification-${String(of)}`,
    values: picked("answer"),
  },
  RecordInterview: { page: assessing("classification") },
  RecordJudgement: answering,
  RecordSecondJudgement: answering,
  CompleteAssessment: { page: assessing("check") },
  CompleteSecondMarking: { page: assessing("check") },
  AssignSecondMarking: { page: "/cases", values: picked("case", "to") },
  ConfirmAssessment: { page: inCase },
  LogEvidence: { page: onFieldwork, values: (told) => flat(told, undefined, ["item"]) },
  ProposeDomainOne: {
    page: onFieldwork,
    values: (told, { plot, text }) => {
      const { label } = judgedAmong(plot.framework, plot.framework.standards).find(
        ({ code }) => code === told["standard"],
      )!;
      return {
        ...picked("standard", "rating", "rationale")(told),
        evidence: [choiceIn(text, "evidence", `Evidence on ${label.toLowerCase()}`)],
      };
    },
  },
  GiveInitialFeedback: { page: onFieldwork },
  CloseFieldwork: { page: onFieldwork },
  ConvenePanel: { page: "/panel" },
  ConsiderStandard: { page: onPanel },
  DeclineDiscretion: { page: onPanel },
  ExerciseDiscretion: { page: onPanel },
  DecideDomainOne: {
    page: onPanel,
    form: (told, plot) =>
      onPanel(told, plot) === `/panel/${String(told["standard"])}`
        ? "DecideDomainOne"
        : `DecideDomainOne-${String(told["standard"])}`,
  },
  ConcludePanel: { page: "/panel" },
  DecideOverall: { page: "/panel" },
  DraftSection: {
    page: ({ section }) => `/report/sections/${String(section)}`,
    values: picked("markdown"),
  },
  RecordContextualFact: { page: onReport },
  MakeRecommendation: { page: onReport, values: picked("addressee", "wording") },
  SendDraft: { page: onReport },
  SubmitComment: {
    page: "/service",
    form: ({ section }) => `SubmitComment-${String(section)}`,
    values: picked("wording"),
  },
  ReturnComments: { page: "/service" },
  AnswerComment: {
    page: onReport,
    form: /AnswerComment-[^"]*/,
    values: picked("outcome", "answer"),
  },
  CloseFactualAccuracy: { page: onReport },
  SignOffReport: { page: onReport },
  SetEmbargo: { page: onReport, values: ({ publishAt }) => moment("publishAt", String(publishAt)) },
  SubmitActionPlan: {
    page: "/service",
    values: ({ actions }) =>
      Object.fromEntries(
        (actions as readonly { readonly action: string; readonly due: string }[]).flatMap(
          ({ action, due }, place) => [
            [`actions.${place}.action`, action],
            [`actions.${place}.due`, due],
          ],
        ),
      ),
  },
  AcceptActionPlan: { page: onReport },
};
