/** A story's chapters from the programme to the notified sample, told through commands. */
import { CASE_LIST } from "@assay/domain/framework/timetable.ts";
import { commitmentTo } from "@assay/domain/sampling/stream.ts";

import { frameworkOf } from "./assessing.ts";
import { people, service, team } from "./people.ts";
import { fieldworkDays, nonce, type Story } from "./story.ts";
import type { World } from "./world.ts";

export const schedule = (world: World, { framework, reconstruction }: Story): void => {
  world.tell(people.scheduler, {
    type: "ScheduleInspection",
    service,
    programme: "cycle-one",
    framework,
    fieldwork: fieldworkDays,
    team,
    ...(reconstruction && {
      reconstruction: { source: "a published report", counts: true, unrated: [], said: [] },
    }),
  });
};

export const recipients = [
  { office: "service-manager", text: { name: "The manager" } },
  { office: "board-chair", text: { name: "The chair of the board" } },
] as const;

export const announce = (world: World, story: Story): void => {
  world.moveTo("2021-04-12T09:00:00.000Z");
  world.tell(people.scheduler, {
    type: "AnnounceInspection",
    commitment: commitmentTo(nonce),
    recipients,
  });
  setSizes(world, story);
};

const setSizes = (world: World, { sizes }: Story): void => {
  const reason = "a short story";
  world.tell(people.analyst, {
    type: "SetSampleSizes",
    overrides: {
      court: { size: sizes.court, reason },
      outOfCourt: { size: sizes.outOfCourt, reason },
    },
  });
};

export const submitList = (world: World, { rows }: Story): void => {
  world.moveTo("2021-04-15T10:00:00.000Z");
  world.tell(people.provider, { type: "SubmitCaseList", rows });
};

export const draw = (world: World): void => {
  world.moveTo("2021-04-20T10:00:00.000Z");
  world.tell(people.analyst, { type: "DrawSample", nonce });
};

export const notify = (world: World, story: Story): void => {
  world.moveTo("2021-04-21T10:00:00.000Z");
  world.tell(people.analyst, { type: "NotifySample" });
  for (const { id: request } of frameworkOf(story).requests) {
    if (request === CASE_LIST) continue;
    world.tell(people.provider, {
      type: "ReceiveSubmission",
      request,
      digest: request === "contextual-data" ? "c".repeat(64) : "e".repeat(64),
      bytes: 1000,
      mediaType: "application/pdf",
      name: `${request}.pdf`,
    });
    world.tell(people.lead, { type: "SatisfyRequest", request });
  }
};
