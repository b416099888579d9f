/**
 * What stands in the log in place of a case list that is not shown: as many rows as the draw names,
 * with disposals under which the recorded scopes and rated standards are possible at all.
 */
import { holds, type Predicate } from "../framework/predicate.ts";
import { DisposalType, populationOf, type Population, Scope } from "../framework/case-profile.ts";
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
  const draw = Draw.safeParse(drawn?.shown?.data["draw"]).data;
  const scopes = Map.groupBy(dataOf("ScopeRecorded"), (data) => data["case"]);
  const populations = Object.entries(draw?.populations ?? {}).flatMap(
    ([population, { sample, reserves }]) =>
      [...sample, ...reserves].map((id) => [id, population as Population] as const),
  );
  const disposals = new Map<string, DisposalType>(
    populations.map(([id, population]) => [
      id,
      possible(population, scopes.get(id) ?? [], framework),
    ]),
  );
  const named = new Set(entries.flatMap(({ shown }) => (shown ? standardsNamed(shown.data) : [])));
  const conditional = framework.standards.flatMap((standard) =>
    standard.appliesWhere && named.has(standard.code) ? firstOf(standard.appliesWhere.cases) : [],
  );
  const rows = Array.from({ length: draw?.rows ?? 0 }, (_, row) => caseIdOf(row + 1));
  const others = rows.filter((id) => !disposals.has(id));
  const cases = [
    ...rows.map((id) => row(id, disposals.get(id) ?? conditional[others.indexOf(id)] ?? "other")),
    ...conditional.slice(others.length).map((disposal) => row("c0000", disposal)),
  ];
  return { type: "CaseListSubmitted", digest: draw?.listDigest, cases };
};

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

/** A case like this: the first kind of disposal of which the condition holds. */
const firstOf = (cases: Predicate): readonly DisposalType[] =>
  DisposalType.options.filter((disposal) => holds(cases, { disposal })).slice(0, 1);

/** A disposal of the population under which every recorded scope has the relevance recorded. */
const possible = (
  population: Population,
  scopes: readonly Data[],
  framework: Framework,
): DisposalType => {
  const all = DisposalType.options.filter((disposal) => populationOf(disposal) === population);
  const fits = all.find((disposal) =>
    scopes.every((data) => {
      const scope = Scope.safeParse(data["scope"]);
      if (!scope.success) return false;
      const profile = { disposal };
      const relevant = relevantQuestions(framework, { population, profile, scope: scope.data });
      return canonicalJson(relevant) === canonicalJson(data["relevant"]);
    }),
  );
  return fits ?? all[0]!;
};

const row = (id: string, disposal: DisposalType) => ({
  case: id,
  profile: { disposal, gender: "unknown", rosh: "unknown", safety: "unknown" },
  text: { erased: true },
});
