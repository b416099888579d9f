import { commitmentFiles } from "@assay/report/commitments.ts";
import type { SiteFile } from "@assay/report/version-files.ts";
import { commitmentTo } from "@assay/domain/sampling/stream.ts";
import { openDatabase } from "@assay/host/database.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { people } from "@assay/spec/people.ts";
import { worldAt } from "@assay/spec/stages.ts";
import { nonce } from "@assay/spec/story.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { Position, StoredEvent } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { tellsOfADraw } from "./committed.ts";
import { openPublished } from "./published.ts";

const reason = "A good reason";
const textOf = (file: SiteFile | undefined): string => new TextDecoder().decode(file?.body);
const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const world = worldAt("listed");
world.tell(people.analyst, { type: "ReturnCaseList", reason, commitment: commitmentTo("0b") });
world.tell(people.head, { type: "CancelInspection", reason });

/** The store's events, and the list as it stands after each of them. */
const told = async () => {
  const store = createMemoryStore();
  for (const { stream, revision, id, type, data, metadata } of eventsOf(world)) {
    const event = { id, type, data, metadata: { ...metadata } };
    await store.append(stream, [event], revision === 0 ? "none" : revision - 1);
  }
  const stored: StoredEvent[] = [];
  for await (const page of store.readAll()) stored.push(...page);
  const database = openDatabase(":memory:");
  const published = openPublished({ store, database, publisher, code: "this code" });
  return { stored, after: (position: Position) => published.committedAt(position) };
};

const commitments = [
  { at: "2021-04-12T09:00:00.000Z", commitment: commitmentTo(nonce) },
  { at: world.now, commitment: commitmentTo("0b"), because: "list-returned" },
];

it("is told from the announcement on, and a cancelled inspection stays on the list", async () => {
  const { stored, after } = await told();
  const announced = stored.find(({ type }) => type === "InspectionAnnounced")!;
  expect(await after(announced.position)).toMatchObject([
    { inspection: "sandford-2021", standing: "announced", commitments: commitments.slice(0, 1) },
  ]);
  const found = await after(stored.at(-1)!.position);
  expect(found).toMatchObject([{ standing: "cancelled", commitments }]);
  expect(stored.filter(tellsOfADraw).map(({ type }) => type)).toEqual([
    "InspectionAnnounced",
    "CommitmentRenewed",
    "InspectionCancelled",
  ]);
});

it("is a page with every commitment, and the same as data", async () => {
  const { stored, after } = await told();
  const found = await after(stored.at(-1)!.position);
  const [data, page] = commitmentFiles(found, publisher);
  expect(JSON.parse(textOf(data))).toEqual(JSON.parse(JSON.stringify(found)));
  const html = textOf(page);
  for (const { commitment } of commitments) expect(html).toContain(commitment);
  expect(html).toContain("because the case list was returned to the service");
  expect(html).toContain("cancelled");
});

it("says of a service that is announced again that it was announced before and cancelled", async () => {
  const { stored, after } = await told();
  const [cancelled] = await after(stored.at(-1)!.position);
  const [first] = cancelled!.commitments;
  const again = {
    ...cancelled!,
    inspection: "sandford-again",
    standing: "announced" as const,
    commitments: [{ at: world.now, commitment: first!.commitment }],
  };
  const other = { ...again, inspection: "other", service: "Another service" };
  const html = textOf(commitmentFiles([cancelled!, again, other], publisher)[1]);
  expect(html.match(/announced before and cancelled: sandford-2021/g)).toHaveLength(1);
});
