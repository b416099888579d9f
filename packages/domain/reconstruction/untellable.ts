/**
 * What of a framework's document no inspection could go through, although its parts fit each other:
 * days in the wrong order, cases that cannot be, letters with gaps. Each with its place.
 */
import { letterTo } from "../announcement/letter.ts";
import type { Framework } from "../framework/document.ts";
import { underKind } from "../framework/kind.ts";
import { populationIn } from "../framework/populations.ts";
import { asked, holds, type Predicate } from "../framework/predicate.ts";
import { relevanceOf } from "../framework/relevance.ts";
import { caseQuestionsOf } from "../framework/standards.ts";
import { CASE_LIST, timetableFor } from "../framework/timetable.ts";
import { PersonId, ServiceId } from "../kernel/ids.ts";
import { addDays, type Day } from "../kernel/instants.ts";
import { addWorkingDays, isWorkingDay } from "../kernel/working-days.ts";
import { fieldworkFrom } from "./made-up.ts";
import { factsPossible } from "./made-up-cases.ts";
import { kindsOfRows } from "./made-up-list.ts";
import { people } from "./story.ts";

/** `path` is a place in the document, such as `standards.0.keyQuestions.1`. */
export type Fault = { readonly path: string; readonly problem: string };

export const untellable = (framework: Framework): readonly Fault[] => [
  ...framework.kinds.flatMap(({ id }, place) => outOfOrder(framework, id, place)),
  ...withoutCases(framework),
  ...gapsInLetters(framework),
];

/** The first day on which fieldwork under the framework can begin after its announcement. */
export const firstStart = ({ from, ruleset: { timetable } }: Framework): Day => {
  const first = isWorkingDay(from) ? from : addWorkingDays(from, 1);
  return addWorkingDays(first, 10 - timetable.announcement.workingDays);
};

type Dated = { readonly path: string; readonly what: string; readonly day: Day };

/** Each step is planned no earlier than the one before it. */
const outOfOrder = (document: Framework, kind: string, place: number): readonly Fault[] => {
  const framework = underKind(document, kind);
  const days = timetableFor(fieldworkFrom(firstStart(document), document, kind), framework);
  const at = (what: string, name: keyof typeof days & keyof typeof document.ruleset.timetable) =>
    days[name] ? [{ path: `ruleset.timetable.${name}`, what, day: days[name] }] : [];
  const requests = framework.requests.map(({ id }, i) => ({
    ...{ id, path: `requests.${i}.due`, what: `the request ${id}`, day: days.requests[id]! },
  }));
  const kindPath = framework.kinds[place]?.unannounced ? `kinds.${place}.unannounced` : undefined;
  const begins: Dated = { path: "", what: "the first day of fieldwork", day: days.fieldworkStart };
  const announced = at("the announcement", "announcement");
  const sample = at("the sample", "sample");
  const chains: readonly (readonly Dated[])[] = [
    [...announced, ...requests.filter(({ id }) => id === CASE_LIST), ...sample, begins],
    ...requests.map((request) => [...announced, request]),
    [
      ...announced,
      begins,
      { path: "", what: "the last day of fieldwork", day: days.fieldworkEnd },
      ...at("the panel", "panel"),
      ...at("the draft", "draft"),
      ...at("the end of the check for accuracy", "factualAccuracy"),
      ...at("the sign-off", "signOff"),
      ...at("the embargo", "embargo"),
      ...at("the publication", "publication"),
      ...at("the action plan", "actionPlan"),
    ],
    [begins, ...at("the first feedback", "feedback")],
  ];
  const found = chains.flatMap((chain) =>
    chain.slice(1).flatMap((each, i): readonly Fault[] => {
      const before = chain[i]!;
      if (each.day >= before.day) return [];
      const path = kindPath ?? (each.path || before.path);
      const said = `${before.what} falls on ${before.day}, after ${each.what} on ${each.day}`;
      return [{ path, problem: `${said}, where fieldwork begins on ${days.fieldworkStart}` }];
    }),
  );
  return [...new Map(found.map((fault) => [fault.path, fault])).values()];
};

/** Conditions that no case meets. */
const withoutCases = (framework: Framework): readonly Fault[] => {
  const rows = kindsOfRows(framework);
  const facts = factsPossible(framework);
  const canBeListed = (condition: Predicate): boolean =>
    asked(condition).every(({ name }) => {
      const kind = framework.columns.find((column) => column.name === name)?.type.kind;
      return kind !== "number" && kind !== "day";
    });
  const empty = framework.populations.flatMap(({ name, where }, i) =>
    !canBeListed(where) || rows.some((row) => populationIn(framework, row) === name)
      ? []
      : [{ path: `populations.${i}.where`, problem: "no row of the case list belongs to it" }],
  );
  const unmet = framework.standards.flatMap((standard, i): readonly Fault[] => {
    const path = `standards.${i}`;
    const { appliesWhere: where } = standard;
    return where && canBeListed(where.cases) && !rows.some((row) => holds(where.cases, row))
      ? [
          {
            path: `${path}.appliesWhere.cases`,
            problem: "no case is like this, so it never applies",
          },
        ]
      : [];
  });
  const unasked = framework.standards.flatMap((standard, i) =>
    caseQuestionsOf(standard).flatMap((question): readonly Fault[] => {
      const { code, population, relevance } = question;
      const own = rows.filter((row) => populationIn(framework, row) === population);
      if (!relevance.where || !canBeListed(relevance.where) || own.length === 0) return [];
      const isAsked = own.some((profile) =>
        facts.some(
          (found) =>
            relevanceOf(question, { population, profile, scope: { facts: found, notDue: [] } })
              .relevant,
        ),
      );
      const at = standard.keyQuestions.findIndex((each) => each.code === code);
      const path = `standards.${i}.keyQuestions.${at}.relevance.where`;
      return isAsked ? [] : [{ path, problem: "it concerns no case, so it is never asked" }];
    }),
  );
  return [...empty, ...unmet, ...unasked];
};

/** Fields of a letter that nothing fills. */
const gapsInLetters = (framework: Framework): readonly Fault[] => {
  const { letter, kinds } = framework;
  const paragraphs: readonly (readonly [path: string, text: string])[] = [
    ["letter.subject", letter.subject],
    ...letter.opening.map((text, i) => [`letter.opening.${i}`, text] as const),
    ...letter.offices.flatMap(({ paragraphs: own }, i) =>
      own.map((text, j) => [`letter.offices.${i}.paragraphs.${j}`, text] as const),
    ),
    ...letter.closing.map((text, i) => [`letter.closing.${i}`, text] as const),
  ];
  const fieldwork = fieldworkFrom(firstStart(framework), framework, kinds[0]!.id);
  const facts = {
    service: { id: ServiceId.parse("service"), name: "The service" },
    timetable: timetableFor(fieldwork, framework),
    team: [{ person: PersonId.parse(people.lead.id), role: "lead-inspector" as const }],
    delegate: undefined,
    referenceDate: addDays(fieldwork.start, -1),
    ...(framework.populations.length > 0 && { commitment: "0".repeat(64) as never }),
  };
  const recipient = { office: letter.offices[0]!.id, text: { name: "Somebody" } };
  return paragraphs.flatMap(([path, subject]) => {
    const bare = { ...letter, subject, opening: [], offices: [], closing: [] };
    const written = letterTo(recipient, { ...facts, framework: { ...framework, letter: bare } });
    return written.includes("…") && !subject.includes("…")
      ? [{ path, problem: "a field in braces stands for nothing that the letter could say" }]
      : [];
  });
};
