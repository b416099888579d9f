/**
 * What a viewer may do on a page, as data: each action is one command with its fields. A template
 * shows them all in one way, so that a new command needs no markup of its own.
 */
import { type About, offered as offer, type Offerable } from "../reading/offering.ts";
import type { Subject } from "../reading/offering-rules.ts";
import type { Viewer } from "../reading/viewer.ts";

export type Option = {
  readonly value: string;
  readonly text: string;
  /** Chosen from the start, where several may be. */
  readonly checked?: boolean;
};

export type Field = {
  /** As the command's schema names it, nested parts with full stops. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
} & (
  | { readonly kind: "text" | "long" | "day" | "time" | "number" | "file" }
  | { readonly kind: "select" | "radios" | "boxes"; readonly options: readonly Option[] }
);

export type Action = {
  readonly type: Offerable;
  readonly subject?: Subject;
  /** Tells forms for one command on one page apart. */
  readonly id?: string;
  readonly title: string;
  /** What it means, before one does it. */
  readonly about?: string;
  readonly button: string;
  readonly grave?: boolean;
  /** Shown open: what is to be done next. */
  readonly first?: boolean;
  readonly hidden?: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
};

/** Of these, the ones that are possible now and that the viewer may send. */
export const offered = (
  about: About,
  viewer: Viewer,
  actions: readonly (Action | false | undefined)[],
): readonly Action[] =>
  actions
    .filter((action) => action !== false && action !== undefined)
    .filter(({ type, subject }) => offer(about, viewer, type, subject).offered);

export const reason = (label = "Reason", name = "reason"): Field => ({
  kind: "long",
  name,
  label,
});

export const choices = (
  values: readonly string[],
  text: (value: string) => string,
): readonly Option[] => values.map((value) => ({ value, text: text(value) }));

/** The beginning of what somebody wrote, to know it by. */
export const brief = (text: string): string =>
  text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text;
