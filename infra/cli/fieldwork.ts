/** Fieldwork read and arranged: allocation, what people judge, quality assurance. */
import { randomBytes } from "node:crypto";

import { proposeAllocation } from "@assay/domain/fieldwork/allocation.ts";
import { domainOneTold, qualityTold } from "@assay/domain/tracking/fieldwork.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { engineOf, throughEngine, type ToEngine } from "./engine.ts";
import type { FromData } from "./event-store.ts";
import { readingData } from "./records.ts";
import { outcomeLine } from "./send.ts";
import { table, wrap } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";
import { inspectionFrom } from "./tracking.ts";

type Options = ForMachines & FromData;

export const addAllocation = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "allocation <ID>",
    summary: "Proposes who assesses which case, evenly; with --allocate it is done.",
    about:
      "Nobody gets a case of their own service, or one with which they have a conflict of interest\n" +
      "(DeclareConflict). A case that is somebody's already stays theirs: assay do ID AllocateCase\n" +
      "passes it on, with a reason.",
    examples: [
      "allocation north-vale-2026",
      "allocation north-vale-2026 --allocate --as lena/lead-inspector",
    ],
  }).option("--allocate", "allocate as proposed");
  readingData(throughEngine(jsonOption(command), terminal), terminal).action(
    async (id: string, options: Options & ToEngine & { readonly allocate?: boolean }) => {
      const { inspection, known } = await inspectionFrom(id, options, terminal);
      const proposal = proposeAllocation(known.fieldwork);
      const outcomes = [];
      if (options.allocate) {
        const engine = engineOf(options, terminal);
        for (const { case: one, to } of proposal.cases) {
          const outcome = await engine.send({ type: "AllocateCase", inspection, case: one, to });
          outcomes.push({ case: one, to, ...outcome });
        }
      }
      if (options.json) terminal.out(jsonLine({ ...proposal, outcomes }));
      else terminal.out(allocationPage(proposal, terminal));
      for (const outcome of outcomes)
        if (!outcome.accepted && !options.json)
          terminal.out(`${outcome.case}: ${outcomeLine("AllocateCase", outcome)}\n`);
      if (outcomes.some(({ accepted }) => !accepted) || proposal.left.length > 0) finish(1);
    },
  );
};

const allocationPage = (
  { cases, left, loads }: ReturnType<typeof proposeAllocation>,
  terminal: Terminal,
): string => {
  const ink = inkOf(terminal);
  const rows = cases.map(({ case: one, to, questions, barred }) => [
    one,
    to,
    String(questions),
    barred.map(({ person, because }) => `not ${person}: ${because}`).join(", "),
  ]);
  const parts = [
    rows.length === 0
      ? "Every case is allocated."
      : table(
          [
            { head: "Case" },
            { head: "To" },
            { head: "Questions", align: "right" },
            { head: "Kept from" },
          ],
          rows,
          ink,
        ),
    left.length > 0 ? ink.red(`Nobody on the team may take: ${left.join(", ")}`) : "",
    table(
      [
        { head: "Person" },
        { head: "Cases", align: "right" },
        { head: "Questions", align: "right" },
        { head: "For each full share", align: "right" },
      ],
      loads.map(({ person, cases: count, questions, forEachShare }) => [
        person,
        String(count),
        String(questions),
        String(forEachShare),
      ]),
      ink,
    ),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
};

export const addDomainOne = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "judged-by-people <ID>",
    summary: "Evidence for each key question that people judge, gaps, and what is proposed.",
    about: "--characteristics shows what a service at each rating looks like.",
    examples: [
      "judged-by-people peterborough-2020",
      "judged-by-people peterborough-2020 --characteristics",
    ],
  })
    .alias("domain-one")
    .option("--characteristics", "show the ratings characteristics, too");
  readingData(jsonOption(command), terminal).action(
    async (id: string, options: Options & { readonly characteristics?: boolean }) => {
      const { known } = await inspectionFrom(id, options, terminal);
      const told = domainOneTold(known);
      if (options.json) return terminal.out(jsonLine(told));
      if (told.length === 0) return terminal.out("The framework is pinned at the announcement.\n");
      const ink = inkOf(terminal);
      const page = told.map(
        ({ standard, label, keyQuestions, gaps, proposal, characteristics }) => {
          const rows = keyQuestions.map(({ code, label: asked, evidence }) => [
            code,
            asked,
            evidence
              .map(({ item, kind, title }) => `${item} (${kind}) ${title ?? ""}`)
              .join("\n") || ink.amber("no evidence"),
          ]);
          const columns = [{ head: "" }, { head: "Key question" }, { head: "Evidence" }] as const;
          const proposed = proposal
            ? `Proposed: ${proposal.rating}, by ${proposal.by}, on ${proposal.evidence.join(", ")}.`
            : "No rating is proposed yet.";
          const looks = options.characteristics
            ? Object.entries(characteristics ?? {}).map(([rating, looksLike]) =>
                wrap(`${rating}: ${looksLike}`, terminal.width),
              )
            : [];
          const missing = gaps.length > 0 ? `Gaps: ${gaps.join(", ")}.` : "";
          return [
            ink.bold(`${standard} ${label}`),
            table(columns, rows, ink),
            missing,
            proposed,
            ...looks,
          ]
            .filter(Boolean)
            .join("\n");
        },
      );
      terminal.out(`${page.join("\n\n")}\n`);
    },
  );
};

export const addQuality = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "quality <ID>",
    summary: "The quality sample: which cases are looked at again, and which are marked twice.",
    about:
      "--draw chooses them, once, by a seed drawn here by chance; those who assess must not know\n" +
      "it before. --assign gives the second markings to those who were chosen.",
    examples: [
      "quality north-vale-2026",
      "quality north-vale-2026 --draw --markers quinn,ivan --as quinn/quality-lead",
      "quality north-vale-2026 --assign --as quinn/quality-lead",
    ],
  })
    .option("--draw", "draw the sample")
    .option("--markers <PEOPLE>", "with --draw: who marks a second time, ids with commas between")
    .option("--seed <HEX>", "with --draw: 64 hexadecimal digits, where chance was had elsewhere")
    .option("--assign", "assign the second markings whose cases are completed");
  readingData(throughEngine(jsonOption(command), terminal), terminal).action(
    async (id: string, options: Options & ToEngine & Quality) => {
      const before = await inspectionFrom(id, options, terminal);
      const { inspection } = before;
      if (options.draw) {
        const markers = options.markers?.split(",").map((person) => person.trim()) ?? [];
        const seed = options.seed?.toLowerCase() ?? randomBytes(32).toString("hex");
        const asked = { type: "DrawQualitySample", inspection, seed, markers } as const;
        await engineOf(options, terminal).tell(asked);
      }
      if (options.assign) {
        const engine = engineOf(options, terminal);
        for (const { case: one, to, assignedTo } of qualityTold(before.known).secondMarkings) {
          if (assignedTo !== null) continue;
          const asked = { type: "AssignSecondMarking", inspection, case: one, to } as const;
          const outcome = await engine.send(asked);
          if (!outcome.accepted) finish(1);
          terminal.err(`${one}: ${outcomeLine(asked.type, outcome)}\n`);
        }
      }
      const { known } = await inspectionFrom(id, options, terminal);
      const told = qualityTold(known);
      terminal.out(options.json ? jsonLine(told) : qualityPage(told, terminal));
    },
  );
};

type Quality = {
  readonly draw?: boolean;
  readonly markers?: string;
  readonly seed?: string;
  readonly assign?: boolean;
};

const qualityPage = (told: ReturnType<typeof qualityTold>, terminal: Terminal): string => {
  const ink = inkOf(terminal);
  const rows = [
    ...told.dipSample.map(({ case: one, because, status, reviewed }) => [
      one,
      because === "share" ? "looked at: drawn" : "looked at: flagged",
      reviewed ? "looked at" : status,
    ]),
    ...told.secondMarkings.map(({ case: one, to, assignedTo, completed, status }) => [
      one,
      `marked twice, by ${assignedTo ?? to}`,
      completed ? "marked" : assignedTo ? "being marked" : status,
    ]),
  ];
  const flags = told.flagged.flatMap(({ case: one, flags: found }) =>
    found.map(({ keyQuestion, kind }) => `${one} ${keyQuestion}: ${kind.replaceAll("-", " ")}`),
  );
  const parts = [
    told.seed ? `Seed ${told.seed}` : "No quality sample has been drawn.",
    rows.length > 0
      ? table([{ head: "Case" }, { head: "Why" }, { head: "" }] as const, rows, ink)
      : "",
    flags.length > 0 ? `${ink.bold("Unusual combinations")}\n${flags.join("\n")}` : "",
    told.returned.length > 0 ? `Returned and not answered: ${told.returned.join(", ")}` : "",
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
};
