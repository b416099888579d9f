/**
 * What was asked, read back from the facts that answer it: a fact says what its command said, by
 * the same names, and words stand for words that are not shown. Where a command has other names
 * for things, the table here says how they are read back.
 */
import type { InspectionId } from "../kernel/ids.ts";
import { type AnyCommand, registry } from "../steps.ts";
import { unseen } from "./seal-message.ts";
import type { ReminderCommand } from "../reminders/commands.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A fact, whose words all read as erased. */
export type Told = Fields & { readonly type: string };

export type Asked = Fields & { readonly type: string };

/** Categories whose facts can stand in an inspection's log. */
export type InspectionCategory = Exclude<keyof typeof registry, "programme" | "framework">;

type Schema = { readonly safeParse: (value: unknown) => { readonly success: boolean } };
type Option = {
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: Asked } | { readonly success: false };
  readonly shape: Readonly<Record<string, Schema>>;
};

/**
 * Every command whose answer may begin with the first of these facts, as far as they tell what it
 * said. None: nobody can have asked for this.
 */
export const askedFor = (
  category: InspectionCategory,
  facts: readonly Told[],
  inspection: InspectionId,
): readonly Asked[] => {
  const first = facts[0]!;
  const { commands, chart } = registry[category];
  const leads: Readonly<Record<string, readonly string[]>> = chart.leads;
  const types = Object.keys(leads).filter((type) => leads[type]!.includes(first.type));
  return types.flatMap((type) => {
    const option = (commands.options as readonly unknown[] as readonly Option[]).find(
      ({ shape }) => shape["type"]!.safeParse(type).success,
    )!;
    const same = sameNames(option, first);
    const said = otherwise[type as Command]?.(first, facts) ?? [{}];
    return said.flatMap((fields) => {
      const { at, by } = first;
      const parsed = option.safeParse({ type, at, by, inspection, ...same, ...fields });
      return parsed.success ? [parsed.data] : [];
    });
  });
};

const sameNames = ({ shape }: Option, fact: Told): Fields => {
  const { type: _type, at: _at, by: _by, inspection: _inspection, ...fields } = shape;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, schema]) => {
      if (name in fact) return [[name, fact[name]]];
      const isWord = "text" in fact && schema.safeParse(unseen).success;
      return isWord ? [[name, unseen]] : [];
    }),
  );
};

type Command = AnyCommand["type"] | ReminderCommand["type"];

const days = ({ timetable }: Told): Fields => {
  const { fieldworkStart, fieldworkEnd } = timetable as Fields;
  return { fieldwork: { start: fieldworkStart, end: fieldworkEnd } };
};

/** The new commitment that came with the change. */
const renewed = (facts: readonly Told[]): Fields => {
  const renewal = facts.find(({ type }) => type === "CommitmentRenewed");
  return renewal ? { commitment: renewal["commitment"] } : {};
};

/** What each command said, where its fact uses other names; several where it may be either. */
const otherwise: Readonly<
  Partial<Record<Command, (first: Told, facts: readonly Told[]) => readonly Fields[]>>
> = {
  ScheduleInspection: (fact) => [days(fact)],
  RescheduleInspection: (fact, facts) => [{ ...days(fact), reason: unseen, ...renewed(facts) }],
  ResumeInspection: (fact, facts) => [renewed(facts), { ...days(fact), ...renewed(facts) }],
  NameBeacon: ({ beacon }) => [{ source: (beacon as Fields)["source"] }],
  /** Its rows hold words that are not shown. */
  SubmitCaseList: (_, facts) => [{ rows: [], ...renewed(facts) }],
  ReturnCaseList: (_, facts) => [{ reason: unseen, ...renewed(facts) }],
  SetSampleSizes: ({ overrides }, facts) => [{ overrides, ...renewed(facts) }],
  DrawSample: ({ draw }, facts) => {
    const { beacon } = draw as Fields;
    const nonce = facts.find(({ type }) => type === "NonceRevealed")?.["nonce"];
    return [{ nonce, ...(beacon !== undefined && { beacon }) }];
  },
  DecideOverall: ({ overall }) => [{ ...(overall !== undefined && { overall }), reason: unseen }],
  AdoptPublishedRating: ({ standard, to }) => [{ standard, rating: to }],
  SetEmbargo: ({ publishAt, recipients }) => [
    {
      publishAt,
      recipients: (recipients as readonly Fields[]).map(({ body }) => ({ body, name: unseen })),
    },
  ],
  SubmitActionPlan: ({ actions }) => [
    {
      actions: (actions as readonly Fields[]).map(({ text: _text, ...rest }) => ({
        ...rest,
        action: unseen,
      })),
    },
  ],
  RecordDelivery: ({ reminder, channel, why }) => [{ reminder, outcome: channel ?? why }],
};
