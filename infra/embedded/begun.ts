/**
 * Made-up inspections, one in progress in each stage, told as of yesterday evening: so that whoever
 * starts Assay finds something to do in every role. Their days follow from the day of the start.
 */
import { yos2021 } from "@assay/domain/framework/yos.ts";
import type { ItemId, PersonId } from "@assay/domain/kernel/ids.ts";
import { type Day, inEngland } from "@assay/domain/kernel/instants.ts";
import { addWorkingDays, isWorkingDay } from "@assay/domain/kernel/working-days.ts";
import { beforeFieldwork } from "@assay/domain/reconstruction/before-fieldwork.ts";
import { fieldworkScenes } from "@assay/domain/reconstruction/fieldwork-scenes.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import {
  type Line,
  line,
  people,
  placed,
  type Plot,
  type Scene,
} from "@assay/domain/reconstruction/story.ts";
import type { AnyFact } from "@assay/domain/facts.ts";

import { type Scenes, scenesOf } from "./scenes.ts";

export type Begun = {
  readonly plot: Plot;
  /** The story as far as it has come. */
  readonly scenes: Scenes;
  /** The last fact of it that matters: with it the story has been told. */
  readonly isTold: (fact: AnyFact) => boolean;
};

type Chapter = Pick<Begun, "isTold"> & {
  readonly town: string;
  /** Working days from today to the first and to the last day of fieldwork. */
  readonly fieldwork: readonly [first: number, last: number];
  readonly cases?: readonly [court: number, outOfCourt: number];
  /** What is told last; everything from the first line that fits is left for people to do. */
  readonly scenes: (plot: Plot, yesterday: Day) => Scenes;
};

const is =
  (type: AnyFact["type"]) =>
  (fact: AnyFact): boolean =>
    fact.type === type;

/** Tells the story up to the first line that fits; no scene later than yesterday evening. */
const until =
  (stop: (line: Line) => boolean) =>
  (_: Plot, yesterday: Day): Scenes =>
    async function* (plot, look) {
      for await (const scene of scenesOf(plot, look)) {
        const lines = scene.lanes.flat();
        const place = lines.findIndex(stop);
        const told = place < 0 ? scene.lanes : [lines.slice(0, place)];
        yield notAfter(yesterday, { ...scene, lanes: told });
        if (place >= 0) return;
      }
    };

const before = (type: Line["command"]["type"]) => until(({ command }) => command.type === type);

const notAfter = (day: Day, scene: Scene): Scene => {
  const latest = inEngland(day, "16:00");
  return scene.at > latest ? { ...scene, at: latest } : scene;
};

const alert = "alert-1" as ItemId;

const alertLines: readonly Line[] = [
  line(people.lead, {
    type: "RaiseAlert",
    alert,
    risk: "A made-up risk: nobody has acted on a threat that the child reported.",
    action: "See the child today and agree with the police how to keep the child safe.",
  }),
  line(people.lead, { type: "NotifyAlert", alert, to: "service-manager" as PersonId }),
];

/** Some cases done, one half done, the others untouched; some of the evidence; one alert. */
const amidFieldwork = (): Scenes =>
  async function* (plot, look) {
    yield* beforeFieldwork(plot);
    const { briefing } = await look(plot.inspection);
    const sampled = placed([...briefing.sample.values()]);
    const [allocation, opening] = fieldworkScenes(plot, sampled);
    if (!allocation || !opening) return;
    yield allocation;
    const assessments = opening.lanes.slice(0, sampled.length);
    const evidence = opening.lanes[sampled.length] ?? [];
    const half = assessments[3] ?? [];
    yield {
      ...opening,
      lanes: [
        ...assessments.slice(0, 3),
        half.slice(0, Math.floor(half.length / 2)),
        evidence.slice(0, 3),
      ],
    };
    const confirmed = line(people.lead, { type: "ConfirmAssessment", case: sampled[0]!.case });
    const next = addWorkingDays(plot.fieldwork.start, 1);
    yield { at: inEngland(next, "15:00"), lanes: [[confirmed, ...alertLines]] };
  };

/** About how many commands all of them take: for a progress bar only. */
export const begunCommands = 2300;

const chapters: readonly Chapter[] = [
  {
    town: "Ashbourne",
    fieldwork: [27, 31],
    scenes: before("AnnounceInspection"),
    isTold: is("InspectionScheduled"),
  },
  {
    town: "Brackley",
    fieldwork: [19, 23],
    scenes: before("SubmitCaseList"),
    isTold: is("InspectionAnnounced"),
  },
  {
    town: "Calderford",
    fieldwork: [17, 21],
    cases: [9, 6],
    scenes: before("DrawSample"),
    isTold: (fact) => fact.type === "RequestSatisfied" && fact.request === "contextual-data",
  },
  {
    town: "Dunmere",
    fieldwork: [11, 15],
    cases: [8, 5],
    scenes: before("AllocateCase"),
    isTold: is("SampleNotified"),
  },
  {
    town: "Eastvale",
    fieldwork: [-2, 2],
    cases: [5, 3],
    scenes: amidFieldwork,
    isTold: is("AlertNotified"),
  },
  {
    town: "Fenwick",
    fieldwork: [-14, -10],
    cases: [5, 3],
    scenes: until(
      ({ command }) => command.type === "ConsiderStandard" && command.standard === "3.1",
    ),
    isTold: (fact) => fact.type === "StandardConsidered" && fact.standard === "2.4",
  },
  {
    town: "Garrowby",
    fieldwork: [-22, -18],
    cases: [2, 1],
    scenes: until(
      ({ command }) => command.type === "DraftSection" && command.section === "domain-3",
    ),
    isTold: (fact) => fact.type === "SectionDrafted" && fact.section === "domain-2",
  },
  {
    town: "Hexcombe",
    fieldwork: [-31, -27],
    scenes: before("ReturnComments"),
    isTold: is("CommentReceived"),
  },
  {
    town: "Ivelmouth",
    fieldwork: [-52, -48],
    cases: [2, 1],
    scenes: before("SignOffReport"),
    isTold: is("FactualAccuracyClosed"),
  },
  {
    town: "Jarnham",
    fieldwork: [-55, -51],
    cases: [2, 1],
    scenes: before("SetEmbargo"),
    isTold: is("ReportSignedOff"),
  },
  {
    town: "Kelmarsh",
    fieldwork: [-57, -53],
    cases: [2, 1],
    scenes: before("SubmitActionPlan"),
    isTold: is("EmbargoSet"),
  },
  {
    town: "Lydgate",
    fieldwork: [-64, -60],
    scenes: before("SubmitActionPlan"),
    isTold: is("ReportPublished"),
  },
];

/** The stories as they stand on `today`, the first stage first. */
export const begunAsOf = (today: Day): readonly Begun[] => {
  const first = isWorkingDay(today) ? today : addWorkingDays(today, 1);
  const on = (days: number): Day => (days === 0 ? first : addWorkingDays(first, days));
  return chapters.map(({ town, fieldwork, cases = [3, 2], scenes, isTold }, seed) => {
    const plot = madeUpPlot({
      inspection: `made-up-${town.toLowerCase()}`,
      service: `${town} (made up)`,
      fieldwork: { start: on(fieldwork[0]), end: on(fieldwork[1]) },
      framework: yos2021,
      cases: { court: cases[0], outOfCourt: cases[1] },
      seed,
    });
    return { plot, scenes: scenes(plot, on(-1)), isTold };
  });
};

/** The day for which the stories were told, from the first day of fieldwork of one of them. */
export const dayOf = (inspection: string, start: Day): Day | undefined => {
  const chapter = chapters.find(({ town }) => inspection === `made-up-${town.toLowerCase()}`);
  return chapter && addWorkingDays(start, -chapter.fieldwork[0]);
};
