/** All that anybody reads of an inspection while it goes on, and of its published report. */
import { refusalInWords } from "@assay/console/wording/refusals.ts";
import { type Desk, openDesk } from "@assay/console/contract/desk.ts";
import { domainCode, domainsOf } from "@assay/domain/framework/standards.ts";
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { CommandId, type InspectionId } from "@assay/domain/kernel/ids.ts";
import { people, type Plot } from "@assay/domain/reconstruction/story.ts";
import { lookAt } from "@assay/embedded/facts.ts";
import type { Engine } from "@assay/embedded/engine.ts";
import { type Scenes, scenesOf } from "@assay/embedded/scenes.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { Clock } from "@assay/host/clock.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import { recordedFrom } from "@assay/publication/told.ts";
import { pdfTextOf } from "@assay/report/contract/pdf-text.ts";
import { reportModelOf } from "@assay/report/model.ts";
import { versionFolder } from "@assay/report/site.ts";
import { whyEnclosure } from "@assay/report/why-page.ts";

import { atTerminal } from "./at-terminal.ts";

/** Texts in small letters, by where they were read. */
export type Read = Map<string, string>;

const lead = "lead-inspector/lead-inspector/";
const chair = "panel-chair/panel-chair/";
const providerOf = ({ service }: Plot): string => `service-manager/provider-user/${service.id}`;

export type Reading = {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly read: (inspection: InspectionId) => Read;
};

/** The story, with pages read before what happens next is told. */
export const readOnTheWay = async (
  { engine, clock, read }: Reading,
  isRead: (plot: Plot) => boolean,
): Promise<{ readonly scenes: Scenes; readonly close: () => void }> => {
  const desk = await openDesk(engine, clock);
  const scenes: Scenes = async function* (plot, look) {
    for await (const scene of scenesOf(plot, look)) {
      const next = scene.lanes[0]?.[0]?.command.type ?? "";
      if (isRead(plot)) await readPages(desk, plot, { next, into: read(plot.inspection), engine });
      yield scene;
    }
  };
  return { scenes, close: () => desk.close() };
};

type Now = { readonly next: string; readonly into: Read; readonly engine: Engine };

const readPages = async (desk: Desk, plot: Plot, { next, into, engine }: Now): Promise<void> => {
  const at = `/inspections/${plot.inspection}`;
  const pages: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
    AnnounceInspection: [["scheduler/scheduler/", [""]]],
    SubmitCaseList: [
      [providerOf(plot), ["/service"]],
      ["research-analyst/research-analyst/", ["/sample"]],
    ],
    AllocateCase: [[lead, ["/cases", "/sample"]]],
    ConfirmAssessment: [[lead, ["/fieldwork"]]],
    AssignSecondMarking: [["inspector-1/inspector/", await assessing(engine, plot)]],
    ProposeDomainOne: [[lead, ["/fieldwork"]]],
    ConvenePanel: [[chair, ["/panel", ...decidedOf(plot).map((code) => `/panel/${code}`)]]],
    DraftSection: [[lead, ["/report", ""]]],
    SubmitComment: [
      [providerOf(plot), ["/service"]],
      [lead, ["/report"]],
    ],
  };
  for (const [who, paths] of pages[next] ?? []) {
    await desk.signIn(who);
    for (const path of paths) await readPage(desk, `${at}${path}`, { into, when: next });
  }
};

const readPage = async (
  desk: Desk,
  path: string,
  { into, when }: { readonly into: Read; readonly when: string },
): Promise<void> => {
  const { status, text } = await desk.read(path);
  if (status !== 200) throw new Error(`${path} before ${when}: ${status}`);
  into.set(`${path} before ${when}`, readable(text).toLowerCase());
};

/** What a person reads: no addresses and no names of fields, and what stands apart stays apart. */
const readable = (html: string): string =>
  html
    .slice(Math.max(0, html.indexOf("<main")))
    .replaceAll(/<(?:script|style)[\s\S]*?<\/(?:script|style)>/g, " ")
    .replaceAll(/<\/?(?:a|abbr|b|em|i|q|span|strong|sup|time)\b[^>]*>/g, " ")
    .replaceAll(/<[^>]*>/g, " | ")
    .replaceAll("&#39;", "’")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ");

const standardsOf = ({ framework }: Plot) => framework.standards.map(({ code }) => code);

/** With the domains that have a rating of their own. */
const ratedOf = (plot: Plot) => [
  ...standardsOf(plot),
  ...plot.framework.domains.flatMap(({ number, rating }) => (rating ? [domainCode(number)] : [])),
];

/** With the domains that people grade. */
const decidedOf = (plot: Plot) => [
  ...standardsOf(plot),
  ...domainsOf(plot.framework, plot.framework.standards).map(({ code }) => code),
];

const assessing = async ({ store }: Engine, { inspection, framework }: Plot) => {
  const { briefing } = await lookAt(store, inspection);
  const [first] = briefing.sample.values();
  const own = framework.standards
    .filter(({ keyQuestions }) =>
      keyQuestions.some(
        (asked) => asked.judged === "by-cases" && asked.population === first?.population,
      ),
    )
    .map(({ code }) => `/cases/${first?.case}/assess/${code}`);
  return [`/cases/${first?.case}`, `/cases/${first?.case}/assess/scope`, ...own.slice(0, 2)];
};

/** The published report in every form that is text, its pages, its data, and refusals in words. */
export const readAfterwards = async (
  { engine, clock, read, dataDir }: Reading,
  plot: Plot,
): Promise<void> => {
  const { inspection } = plot;
  const into = read(inspection);
  const events = await readInspection(engine.store, inspection);
  const recorded = recordedFrom(events);
  const model = reportModelOf(recorded, 1);
  const publisher = { name: "An inspectorate", url: "https://inspectorate.example/" };
  const enclosures = [whyEnclosure(model, recorded, { conclusion: 1, publisher })];
  for (const { path, mediaType, body } of versionFolder(model, { publisher }, enclosures).files) {
    if (!/text|json|csv|pdf/.test(mediaType) || path.startsWith("assets/")) continue;
    const text = path.endsWith(".pdf") ? await pdfTextOf(body) : new TextDecoder().decode(body);
    into.set(path, saidBy(path, text).toLowerCase());
  }
  const desk = await openDesk(engine, clock);
  await desk.signIn("auditor/auditor/");
  const at = `/inspections/${inspection}`;
  const parts = ["", "/panel", "/report", "/fieldwork", "/sample", "/cases", "/history"];
  const why = [...ratedOf(plot), "overall"].map((subject) => `/why/${subject}`);
  const when = "the end";
  const panel = decidedOf(plot).map((code) => `/panel/${code}`);
  for (const path of [...parts, ...panel, ...why])
    await readPage(desk, `${at}${path}`, { into, when });
  const told = [
    "",
    "/panel",
    "/letters",
    "/plan",
    "/requests",
    "/ratings",
    "/report",
    "/domain-one",
  ];
  for (const path of told) await readPage(desk, `/api/v1${at}${path}`, { into, when });
  desk.signOut();
  for (const path of ["", `/why/${ratedOf(plot).at(-1)}`])
    await readPage(desk, `/public/${inspection}${path}`, { into, when });
  desk.close();
  await readCommands({ dataDir, now: () => clock.now() }, plot, into);
  await readRefusals(engine, plot, into);
};

const saidBy = (path: string, text: string): string => {
  if (path.endsWith(".html")) return readable(text);
  return path.endsWith("json") ? valuesIn(JSON.parse(text)).join(" | ") : text;
};

/** The texts in data, without the names of its members. */
const valuesIn = (data: unknown): readonly string[] => {
  if (typeof data === "string") return [data];
  return Object.entries(data ?? {}).flatMap(([name, value]) =>
    name === "required" ? [] : valuesIn(value),
  );
};

/** What the command line tells of it. */
const readCommands = async (
  standing: { readonly dataDir: string; readonly now: () => Instant },
  plot: Plot,
  into: Read,
): Promise<void> => {
  const { inspection } = plot;
  const about = ["plan", "letter", "requests", "rating", "history", "events"];
  const asked = [
    ...[...about, "domain-one", "quality", "agreement"].map((name) => [name, inspection]),
    ...[...ratedOf(plot), "overall"].map((subject) => ["why", inspection, subject]),
  ];
  for (const words of asked) {
    const { status, out, err } = await atTerminal(words, { pathOf: (name) => name, ...standing });
    if (status !== 0) throw new Error(`assay ${words.join(" ")}: ${err}`);
    into.set(`assay ${words.join(" ")}`, out.toLowerCase());
  }
};

/** What is said of commands that come too late, or ask for what there is not. */
const readRefusals = async (engine: Engine, plot: Plot, into: Read): Promise<void> => {
  const { inspection } = plot;
  const present = [people.chair.id];
  const asked = [
    ["announcement", people.scheduler, { type: "AnnounceInspection", recipients: [] }],
    ["announcement", people.analyst, { type: "NotifySample" }],
    ["fieldwork", people.lead, { type: "AllocateCase", case: "c9999", to: "inspector-1" }],
    ["fieldwork", people.lead, { type: "CloseFieldwork" }],
    ["panel", people.chair, { type: "ConsiderStandard", standard: "X", present }],
    ["panel", people.chair, { type: "DecideDomainOne", standard: "X", rating: "none", present }],
    ["publication", people.lead, { type: "SendDraft" }],
  ] as const;
  const { at } = (await readInspection(engine.store, inspection)).at(-1)!.data;
  for (const [step, by, fields] of asked) {
    const id = CommandId.parse(uuidFrom(`${inspection}/${JSON.stringify(fields)}`));
    const command = { ...fields, inspection, at, by };
    const envelope = { id, correlationId: id, causationId: id, command };
    const reply = await engine.bus.send(step, envelope, { timeout: 30_000 });
    if (!reply.accepted) into.set(fields.type, refusalInWords(reply.refusal).toLowerCase());
  }
};
