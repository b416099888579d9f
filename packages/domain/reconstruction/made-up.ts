/**
 * A made-up inspection under any framework: its case list, what is found in each case, grades and
 * sentences follow from the document and a seed, and from nothing else.
 */
import type { Framework } from "../framework/document.ts";
import { underKind } from "../framework/kind.ts";
import { gradesOf, type Rating, type Scale } from "../framework/scale.ts";
import { judgedAmong } from "../framework/standards.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import { digestOf } from "../kernel/canonical.ts";
import { InspectionId } from "../kernel/ids.ts";
import { addDays, type Day } from "../kernel/instants.ts";
import { capitalised } from "../kernel/wording.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { randomStream } from "../sampling/stream.ts";
import { foundIn } from "./made-up-cases.ts";
import { madeUpList } from "./made-up-list.ts";
import { madeUpSayings } from "./made-up-words.ts";
import { type Plot, serviceIdOf } from "./story.ts";

export type MadeUp = {
  readonly inspection: string;
  readonly service: string;
  readonly framework: Framework;
  /** The kind of inspection; left out: the usual one. */
  readonly kind?: string | undefined;
  /** The first day of fieldwork, a working day; how long it takes is the framework's. */
  readonly start: Day;
  /** Another number makes other cases fall short, and other people say other things. */
  readonly seed: number;
  /** How many cases the list has of each population; left out: a few. */
  readonly listed?: Readonly<Record<string, number>>;
  /** How many are drawn where that is not what the framework's own rule gives. */
  readonly drawn?: Readonly<Record<string, number>>;
  /** In how many of a population's first cases a key question falls short; in none of those that
   * are not named here. Left out: as the seed has it. */
  readonly short?: Readonly<Record<string, number>>;
  /** What people propose and decide, by the code of what they judge. */
  readonly grades?: Readonly<Record<string, Rating>>;
  readonly overall?: Rating;
};

/** So many cases of each population, where nothing is said. */
const few = 5;

export const madeUpPlot = (madeUp: MadeUp): Plot => {
  const { kind, service, seed, drawn } = madeUp;
  const framework = underKind(madeUp.framework, kind);
  const fieldwork = fieldworkFrom(madeUp.start, framework, kind);
  const chance = randomStream(digestOf({ inspection: madeUp.inspection, seed }), "made up");
  const says = madeUpSayings(framework, seed);
  const listed = Object.fromEntries(
    framework.populations.map(({ name }) => [name, madeUp.listed?.[name] ?? few]),
  );
  return {
    inspection: InspectionId.parse(madeUp.inspection),
    service: { id: serviceIdOf(service), name: service },
    framework,
    kind,
    fieldwork,
    list: madeUpList({ framework, fieldwork, listed, chance }),
    sizes: drawn && Object.keys(drawn).length > 0 ? sizesOf(drawn) : undefined,
    found: foundIn({ framework, seed, short: madeUp.short }),
    interviews: 2,
    grades: { ...gradesIn(framework, seed), ...madeUp.grades },
    published: () => undefined,
    overall: madeUp.overall,
    figures: [
      {
        name: "caseload",
        label: `${capitalised(framework.words.person.many)} at the time`,
        value: 20 + seed * 7,
        unit: framework.words.person.many,
        asOf: addDays(fieldwork.start, -60),
      },
    ],
    recommendations: 2,
    says,
  };
};

/** From a first working day on, as many weeks as that kind of inspection takes. */
export const fieldworkFrom = (start: Day, { kinds }: Framework, kind?: string): Fieldwork => {
  const { fieldworkWeeks } = kinds.find(({ id }) => id === kind) ?? kinds[0]!;
  return { start, end: addWorkingDays(start, 5 * fieldworkWeeks - 1) };
};

const sizesOf = (drawn: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(drawn).map(([population, size]) => [
      population,
      { size, reason: "As many as the team can look at in the time that it has." },
    ]),
  );

const gradesIn = (framework: Framework, seed: number): Readonly<Record<string, Rating>> =>
  Object.fromEntries(
    judgedAmong(framework, framework.standards).map(({ code, scale }, place) => [
      code,
      gradeAt(scale, place + seed),
    ]),
  );

/** Mostly the second best grade, now and then a better or a worse one. */
const gradeAt = (scale: Scale, place: number): Rating => {
  const grades = gradesOf(scale);
  const best = grades.length - 1;
  const at = place % 4 === 3 ? best - 2 : place % 4 === 1 ? best : best - 1;
  return grades[Math.max(0, at)]!;
};
