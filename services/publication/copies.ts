/**
 * Makes the copies that go out before the public reads: the draft for the inspected service, and
 * one for each named recipient under embargo. They are kept apart from everything that is served.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { words } from "@assay/domain/kernel/fact.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { isPublicationEvent, PublicationEvent } from "@assay/domain/publication/events.ts";
import { dayInWords, momentInWords } from "@assay/domain/kernel/wording.ts";
import type { Reaction } from "@assay/host/definition.ts";
import { isScheduled } from "@assay/host/read-inspection.ts";
import { copyFiles } from "@assay/report/copy-files.ts";
import { slugOf } from "@assay/report/document/prose.ts";
import type { Publisher } from "@assay/report/metadata.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { publishInto } from "@assay/report/publish-folder.ts";
import type { Recorded } from "@assay/report/recorded.ts";
import type { EventStore } from "@assay/store/port.ts";

import { recordedUntil } from "./told.ts";

export type Copying = {
  readonly store: Pick<EventStore, "read">;
  /** A folder that no web server serves. */
  readonly folder: string;
  readonly publisher: Publisher;
};

/** Each set of copies has a folder of its own, named by what it is and its place in the stream. */
export const copierOf = ({ store, folder, publisher }: Copying): Reaction => ({
  name: "copier",
  prefixes: ["publication-"],
  facts: [PublicationEvent],
  react: async (event) => {
    const inspection = inspectionOf(event.stream);
    const kind = isPublicationEvent(event) ? kinds[event.type] : null;
    if (!inspection || !kind || !(await isScheduled(store, inspection))) return;
    const recorded = await recordedUntil(store, event);
    const model = reportModelOf(recorded, kind.edition);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { to, mark } of kind.copies(recorded, model.service.name)) {
      const path = `${kind.edition}-${event.revision}/${slugOf(to)}`;
      const files = copyFiles(model, publisher, mark);
      await publishInto(join(folder, inspection), [{ path, files }], []);
    }
  },
});

type Copy = { readonly to: string; readonly mark: string };
type Kind = {
  readonly edition: "draft" | "embargoed";
  readonly copies: (recorded: readonly Recorded[], service: string) => readonly Copy[];
};

const closing = "It is not to be published, quoted or passed on.";

const draftCopies: Kind["copies"] = (recorded, service) => {
  const sent = recorded.map(({ event }) => event).findLast((event) => event.type === "DraftSent");
  const until = sent ? `, to be returned by ${dayInWords(sent.due)}` : "";
  const mark = `Draft for checking of facts${until}. Copy for ${service}. ${closing}`;
  return [{ to: service, mark }];
};

/** On the embargo as it now is; a name that was erased stands as its body alone. */
const embargoedCopies: Kind["copies"] = (recorded) => {
  const facts = recorded.map(({ event }) => event);
  const set = facts.findLast((event) => event.type === "EmbargoSet");
  const changed = facts.findLast(
    (event) => event.type === "EmbargoChanged" || event.type === "EmbargoSet",
  );
  if (!set || !changed) return [];
  const until = momentInWords(changed.publishAt);
  return set.recipients.map(({ body, text }, index) => {
    const name = words(text)?.name;
    const whose = name === undefined ? body : `${name}, ${body}`;
    const number = `${index + 1} of ${set.recipients.length}`;
    return {
      to: `${index + 1}-${body}`,
      mark: `Under embargo until ${until}. Copy ${number}, for ${whose}. ${closing}`,
    };
  });
};

/** What goes out after each fact; `null`: nothing does. */
const kinds: Readonly<Record<PublicationEvent["type"], Kind | null>> = {
  SectionDrafted: null,
  ContextualFactRecorded: null,
  PointMade: null,
  PointWithdrawn: null,
  FigureTableRecorded: null,
  ImprintSet: null,
  FindingExcused: null,
  RecommendationMade: null,
  RecommendationWithdrawn: null,
  DraftSent: { edition: "draft", copies: draftCopies },
  CommentReceived: null,
  CommentsReturned: null,
  CommentPeriodEnded: null,
  CommentAnswered: null,
  FactualAccuracyClosed: null,
  ReportSignedOff: null,
  SignOffWithdrawn: null,
  EmbargoSet: null,
  EmbargoChanged: null,
  EmbargoedCopiesSent: { edition: "embargoed", copies: embargoedCopies },
  ReportPublished: null,
  CorrectionIssued: null,
  ActionPlanReceived: null,
  ActionPlanReturned: null,
  ActionPlanAccepted: null,
  RecommendationTracked: null,
  InspectionClosed: null,
};
