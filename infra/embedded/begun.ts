/**
 * Made-up inspections, one in progress in each stage, told as of yesterday evening: so that whoever
 * starts Assay finds something to do in every role. Their days follow from the day of the start.
 */
import type { Framework } from "@assay/domain/framework/document.ts";
import { versions } from "@assay/domain/framework/versions.ts";
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

import { chapters } from "./begun-chapters.ts";
import { type Scenes, scenesOf } from "./scenes.ts";

export type Begun = {
  readonly plot: Plot;
  /** The story as far as it has come. */
  readonly scenes: Scenes;
};

/**
 * Tells the story up to a command of that type, some before it; nothing later than yesterday.
 * Throws a TypeError where the story has no such command.
 */
const upTo = (
  [type, skipped]: readonly [Line["command"]["type"], number],
  yesterday: Day,
): Scenes =>
  async function* (plot, look) {
    let left = skipped;
    for await (const scene of scenesOf(plot, look)) {
      const lines = scene.lanes.flat();
      const place = lines.findIndex(({ command }) => command.type === type && left-- === 0);
      const told = place < 0 ? scene.lanes : [lines.slice(0, place)];
      yield notAfter(yesterday, { ...scene, lanes: told });
      if (place >= 0) return;
    }
    throw new TypeError(`${plot.inspection} has no such ${type}`);
  };

const notAfter = (day: Day, scene: Scene): Scene => {
  const latest = inEngland(day, "16:00");
  return scene.at > latest ? { ...scene, at: latest } : scene;
};

const alertLines = ({ framework }: Plot): readonly Line[] => {
  const { one } = framework.words.person;
  const alert = "alert-1" as ItemId;
  return [
    line(people.lead, {
      type: "RaiseAlert",
      alert,
      risk: `A made-up risk: nobody has acted on a threat that the ${one} reported.`,
      action: `See the ${one} today and agree with the police how to keep them safe.`,
    }),
    line(people.lead, { type: "NotifyAlert", alert, to: "service-manager" as PersonId }),
  ];
};

/** Some cases done, one half done, the others untouched; some of the evidence; one alert. */
export const amidFieldwork: Scenes = async function* (plot, look) {
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
  yield { at: inEngland(next, "15:00"), lanes: [[confirmed, ...alertLines(plot)]] };
};

/** About how many commands all of them take: for a progress bar only. */
export const begunCommands = 2050;

/** The stories as they stand on `today`, the first stage first. */
export const begunAsOf = (today: Day): readonly Begun[] => {
  const first = isWorkingDay(today) ? today : addWorkingDays(today, 1);
  const on = (days: number): Day => (days === 0 ? first : addWorkingDays(first, days));
  return chapters.map((chapter, seed) => {
    const { town, until } = chapter;
    const { framework } = versions.at(-1)!;
    const { listed, drawn } = chapter;
    const plot = madeUpPlot({
      inspection: idOf(town),
      service: `${town} (made up)`,
      framework,
      ...(chapter.kind !== undefined && { kind: framework.kinds[chapter.kind]!.id }),
      start: on(chapter.start),
      seed,
      ...(listed && { listed: byPopulation(framework, listed) }),
      ...(drawn && { drawn: byPopulation(framework, drawn) }),
    });
    return { plot, scenes: until === "amid fieldwork" ? amidFieldwork : upTo(until, on(-1)) };
  });
};

const idOf = (town: string): string => `made-up-${town.toLowerCase().replaceAll(" ", "-")}`;

const byPopulation = ({ populations }: Framework, numbers: readonly number[]) =>
  Object.fromEntries(populations.map(({ name }, place) => [name, numbers[place] ?? 0]));

/** The day for which the stories were told, from the first day of fieldwork of one of them. */
export const dayOf = (inspection: string, start: Day): Day | undefined => {
  const chapter = chapters.find(({ town }) => inspection === idOf(town));
  return chapter && addWorkingDays(start, -chapter.start);
};
