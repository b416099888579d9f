/** The sample: both draws with every number they rest on, and how well they mirror the whole. */
import { ReplacementReason } from "@assay/domain/announcement/events.ts";

import { drawBalance } from "../drawing/balance-chart.ts";
import { factOf, type Held } from "../reading/held.ts";
import { isStaff } from "../reading/viewer.ts";
import { personName, plain, populationNames } from "../wording/names.ts";
import { type Action, choices, offered, reason } from "./actions.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, type Visit } from "./page.ts";

export const samplePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "sample");
  const { draw, commitment, cases } = held.announcement;
  const facts = (await visit.library.events(held)).map(factOf);
  const revealed = facts.findLast((fact) => fact.type === "NonceRevealed");
  const replacements = facts.filter(
    (fact) => fact.type === "CaseReplaced" || fact.type === "CaseWithdrawn",
  );
  const populations = (["court", "outOfCourt"] as const).flatMap((population) => {
    const drawn = draw?.populations[population];
    if (!drawn) return [];
    const title = `${populationNames[population]}: shares of eligible cases and of the sample`;
    return [{ population, drawn, chart: drawBalance(drawn.balance, title) }];
  });
  return visit.render({
    view: "sample",
    title: `Sample – ${framed.head.service}`,
    model: {
      ...framed,
      draw,
      commitment,
      populations,
      replacements,
      nonce: revealed?.type === "NonceRevealed" ? revealed.nonce : undefined,
      listed: cases.size,
      actions: sampleActions(visit, held),
    },
  });
};

const sampleActions = ({ viewer, now }: Visit, held: Held): readonly Action[] => {
  const { briefing } = held.announcement;
  const sampled = [...briefing.sample.keys()].map(String);
  return offered({ held, now }, viewer, [
    {
      type: "DrawSample",
      title: "Draw the sample",
      about:
        "The sizes follow from the rules; which cases are drawn follows from the list and the " +
        "secret number alone. The number is revealed at once.",
      button: "Draw the sample",
      first: true,
      fields: [],
    },
    {
      type: "ReturnCaseList",
      title: "Return the list to the service",
      button: "Return the list",
      fields: [reason("What is wrong with it", "reason")],
    },
    {
      type: "NotifySample",
      title: "Notify the service",
      about: "Check the balance first. The service then knows which cases to prepare.",
      button: "The sample is checked: notify the service",
      first: true,
      fields: [],
    },
    {
      type: "BookInterview",
      title: "Book an interview with a case manager",
      button: "Book the interview",
      fields: [
        { kind: "select", name: "case", label: "Case", options: choices(sampled, String) },
        { kind: "day", name: "day", label: "Day" },
        {
          kind: "select",
          name: "with",
          label: "Inspector",
          options: choices(
            briefing.team.map(({ person }) => person),
            personName,
          ),
        },
      ],
    },
    {
      type: "ReplaceCase",
      title: "Replace a case that cannot be assessed",
      about: "The next reserve of the nearest profile takes its place.",
      button: "Replace the case",
      fields: [
        { kind: "select", name: "case", label: "Case", options: choices(sampled, String) },
        {
          kind: "select",
          name: "reason",
          label: "Reason",
          options: choices(ReplacementReason.options, plain),
        },
        reason("Note", "note"),
      ],
    },
  ]);
};
