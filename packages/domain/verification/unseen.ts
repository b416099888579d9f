/**
 * What stands in the log in place of a case list that is not shown: as many rows as the draw names,
 * before a draw those that were erased, with profiles under which the recorded scopes and rated
 * standards are possible at all.
 */
import { type CaseProfile, Scope } from "../framework/case-profile.ts";
import { populationIn, rowsToldApart } from "../framework/populations.ts";
import { holds } from "../framework/predicate.ts";
import { relevantQuestions } from "../framework/relevance.ts";
import type { Framework } from "../framework/document.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import { standardOf } from "../kernel/codes.ts";
import { caseIdOf } from "../kernel/ids.ts";
import { Draw } from "../sampling/draw.ts";
import { factToday } from "../upcasters.ts";
import type { Told } from "./asked.ts";
import type { Entry } from "./log.ts";

type Data = { readonly [key: string]: unknown };

/** A case list by what later facts say of it. */
export const listFromDraw = (
  entries: readonly Entry[],
  index: number,
  framework: Framework,
): Told => {
  const dataOf = (type: string): readonly Data[] =>
    entries.flatMap(({ type: own, shown }) =>
      own === type && shown ? [factToday({ type, ...shown }) as unknown as Data] : [],
    );
  const drawn = entries.find((entry) => entry.type === "SampleDrawn" && entry.index > index);
  const told = drawn?.shown && factToday({ type: "SampleDrawn", ...drawn.shown });
  const draw = Draw.safeParse((told as Data | undefined)?.["draw"]).data;
  const scopes = Map.groupBy(dataOf("ScopeRecorded"), (data) => data["case"]);
  const every = profilesUnder(framework);
  const drawnFrom = Object.entries(draw?.populations ?? {}).flatMap(
    ([population, { sample, reserves }]) =>
      [...sample, ...reserves].map((id) => [id, population] as const),
  );
  const profiles = new Map<string, CaseProfile>(
    drawnFrom.map(([id, population]) => [
      id,
      possible(population, { framework, every, scopes: scopes.get(id) ?? [] }),
    ]),
  );
  const named = new Set(entries.flatMap(({ shown }) => (shown ? standardsNamed(shown.data) : [])));
  const conditional = framework.standards.flatMap(({ code, appliesWhere }) =>
    appliesWhere && named.has(code)
      ? every.filter((profile) => holds(appliesWhere.cases, profile)).slice(0, 1)
      : [],
  );
  const rows = draw
    ? Array.from({ length: draw.rows }, (_, row) => caseIdOf(row + 1))
    : [...new Set(dataOf("CaseErased").map(({ of }) => String(of)))];
  const others = rows.filter((id) => !profiles.has(id));
  const cases = [
    ...rows.map((id) => row(id, profiles.get(id) ?? conditional[others.indexOf(id)] ?? {})),
    ...conditional.slice(others.length).map((profile) => row("c0000", profile)),
  ];
  const columns = framework.columns.map(({ name }) => name);
  return { type: "CaseListSubmitted", digest: draw?.listDigest, columns, cases };
};

/** Every kind of row that the framework's conditions tell apart. */
const profilesUnder = ({ columns, populations, standards }: Framework): readonly CaseProfile[] =>
  rowsToldApart(columns, [
    ...populations.map(({ where }) => where),
    ...standards.flatMap(({ appliesWhere }) => (appliesWhere ? [appliesWhere.cases] : [])),
    ...standards.flatMap(({ keyQuestions }) =>
      keyQuestions.flatMap((question) =>
        question.judged === "by-cases" && question.relevance.where
          ? [question.relevance.where]
          : [],
      ),
    ),
  ]);

/** The standards that a fact decides on, or gives evidence for. */
const standardsNamed = ({ standard, standards, keyQuestions }: Data): readonly unknown[] => [
  standard,
  ...(Array.isArray(standards) ? standards : []).map((each: unknown) =>
    isBranch(each) ? each["standard"] : each,
  ),
  ...(Array.isArray(keyQuestions) ? keyQuestions : []).map((each: unknown) =>
    typeof each === "string" ? standardOf(each) : undefined,
  ),
];

const isBranch = (value: unknown): value is Data => typeof value === "object" && value !== null;

type Sought = {
  readonly framework: Framework;
  readonly every: readonly CaseProfile[];
  readonly scopes: readonly Data[];
};

/** A profile of the population under which every recorded scope has the relevance recorded. */
const possible = (population: string, { framework, every, scopes }: Sought): CaseProfile => {
  const all = every.filter((profile) => populationIn(framework, profile) === population);
  const fits = all.find((profile) =>
    scopes.every((data) => {
      const scope = Scope.safeParse(data["scope"]);
      if (!scope.success) return false;
      const relevant = relevantQuestions(framework, { population, profile, scope: scope.data });
      return canonicalJson(relevant) === canonicalJson(data["relevant"]);
    }),
  );
  return fits ?? all[0] ?? {};
};

const row = (id: string, profile: CaseProfile) => ({ case: id, profile, text: { erased: true } });
