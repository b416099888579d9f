/**
 * A framework tried before it is adopted: a made-up inspection of each of its kinds, carried by a
 * throwaway engine from the announcement to a published report, in all its forms.
 */
import { refusalInWords } from "@assay/console/wording/refusals.ts";
import type { Known } from "@assay/domain/framework/versions.ts";
import { type CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { CommandId } from "@assay/domain/kernel/ids.ts";
import { type Instant, inEngland } from "@assay/domain/kernel/instants.ts";
import { addWorkingDays } from "@assay/domain/kernel/working-days.ts";
import { madeUpPlot } from "@assay/domain/reconstruction/made-up.ts";
import { people, type Plot } from "@assay/domain/reconstruction/story.ts";
import { type Fault, firstStart, untellable } from "@assay/domain/reconstruction/untellable.ts";
import { createLog } from "@assay/host/log.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { readPublishing } from "@assay/publication/config.ts";
import { typesetterOf } from "@assay/publication/publishing.ts";

import { carry, deliver, StoryRefused } from "./carry.ts";
import { inStory, type Story } from "./carry-examples.ts";
import { placeOfRefusal } from "./trial-places.ts";

/** The command by which a framework is adopted. */
export const adoptionOf = (
  { framework, document, digest }: Known,
  at: Instant,
): CommandEnvelope => {
  const id = CommandId.parse(uuidFrom(`adoption/${digest}`));
  const asked = { type: "AdoptFramework", framework: framework.id, document, digest };
  const command = { ...asked, at, by: people.head };
  return { id, correlationId: uuidFrom(`story/${framework.id}`), causationId: id, command };
};

type Tried = { readonly known: Known; readonly onCommand?: () => void };

/** Everything by which an inspection under the framework would fail; empty where it does not. */
export const tryOut = async ({ known, onCommand }: Tried): Promise<readonly Fault[]> => {
  const faults = untellable(known.framework);
  if (faults.length > 0) return faults;
  const log = createLog({ service: "trial", level: "silent" });
  const { examine } = typesetterOf(readPublishing({}));
  return inStory({ dataDir: undefined, log, examine }, (story) => carried(story, known, onCommand));
};

const carried = async (
  story: Story,
  known: Known,
  onCommand: (() => void) | undefined,
): Promise<readonly Fault[]> => {
  const { framework } = known;
  const plots = plotsFor(known);
  try {
    await adopt(story, known);
    await carry({ ...story, plots, ...(onCommand && { onCommand }) });
  } catch (error) {
    if (!(error instanceof StoryRefused)) throw error;
    const { type } = error.envelope.command;
    const problem = `${type} is refused. ${refusalInWords(error.refusal as never)}`;
    return [{ path: placeOfRefusal(error.envelope, error.refusal, framework), problem }];
  }
  const published = await Promise.all(plots.map((plot) => isPublished(story, plot)));
  return published.every(Boolean)
    ? []
    : [{ path: "ruleset.report", problem: "no report is published in all its forms" }];
};

/** Before anything else is told of it. */
const adopt = async ({ engine, clock }: Story, known: Known): Promise<void> => {
  const at = inEngland(addWorkingDays(firstStart(known.framework), -200), "09:00");
  await clock.moveTo(at, () => engine.idle());
  await deliver(engine.bus, adoptionOf(known, at));
};

/** One of each kind, with a sample that leaves some cases out where the rule may be set aside. */
const plotsFor = ({ framework }: Known): readonly Plot[] =>
  framework.kinds.map(({ id: kind }, place) =>
    madeUpPlot({
      inspection: `trial-${place + 1}`,
      service: `A ${framework.words.service.one} (made up)`,
      framework,
      kind,
      start: firstStart(framework),
      seed: place,
      drawn: Object.fromEntries(
        framework.populations.flatMap(({ name, size }) =>
          size.by === "everything" ? [] : [[name, 4]],
        ),
      ),
    }),
  );

const isPublished = async ({ engine }: Story, { inspection }: Plot): Promise<boolean> => {
  const events = await readInspection(engine.store, inspection);
  const published = events.find(({ type }) => type === "ReportPublished");
  const letters = events.some(({ type }) => type === "LettersWritten");
  return letters && Array.isArray(published?.data["forms"]) && published.data["forms"].length > 0;
};
