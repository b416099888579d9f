/** What a check of an installation found of one thing, and what is to be done about it. */
import { table, wrap } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

export type Finding = {
  readonly what: string;
  /** `note`: it works, and something is worth knowing. `unset`: no setting here names it. */
  readonly state: "ok" | "wrong" | "note" | "unset";
  readonly found: string;
  /** What mends it. */
  readonly todo?: string;
};

export const ok = (what: string, found: string): Finding => ({ what, state: "ok", found });
export const unset = (what: string, found: string): Finding => ({ what, state: "unset", found });
export const note = (what: string, found: string, todo: string): Finding => ({
  ...{ what, state: "note", found, todo },
});
export const wrong = (what: string, found: string, todo: string): Finding => ({
  ...{ what, state: "wrong", found, todo },
});

/** What a check throws is what it found. Anything but a fault is a defect, and thrown on. */
export const finding = async (
  what: string,
  todo: string,
  look: () => Promise<string | Finding | readonly Finding[]>,
): Promise<readonly Finding[]> => {
  try {
    const found = await look();
    if (typeof found === "string") return [ok(what, found)];
    return "what" in found ? [found] : found;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error || "status" in error)) throw error;
    return [wrong(what, error.message, todo)];
  }
};

const words = { ok: "ok", wrong: "WRONG", note: "note", unset: "–" } as const;

export const findingsTable = (findings: readonly Finding[], terminal: Terminal): string => {
  const width = Math.max(40, terminal.width - 34);
  const rows = findings.map(({ what, state, found, todo }) => [
    ...[what, words[state]],
    wrap(todo === undefined ? found : `${found}\n→ ${todo}`, width),
  ]);
  return table([{ head: "What" }, { head: "" }, { head: "Found, and what to do" }], rows, {
    bold: inkOf(terminal).bold,
  });
};
