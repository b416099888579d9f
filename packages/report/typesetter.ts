/**
 * Examines and sets reports in a process of its own, with a limit of time and of memory: whatever
 * somebody writes, nothing else waits for it or ends with it. What goes beyond a limit, or ends the
 * process, is answered as a finding.
 */
import { type ChildProcess, fork } from "node:child_process";

import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";

import { fairTurns } from "./fair-turns.ts";
import type { Publisher } from "./metadata.ts";
import type { ReportModel } from "./model.ts";

type TypesetterOptions = {
  readonly publisher: Publisher;
  /** Milliseconds for one answer; default 20,000. */
  readonly patience?: number;
  /** Mebibytes for what JavaScript keeps; default 512. */
  readonly memory?: number;
};

export type Typesetter = {
  readonly examine: (question: ReportQuestion) => Promise<ReportAnswer>;
  /** The report as PDF, or why it cannot be set. */
  readonly pdf: (model: ReportModel) => Promise<Uint8Array | { readonly problem: string }>;
  /** The same for one person: nobody waits for all that somebody else asks. */
  readonly of: (person: string) => Omit<Typesetter, "of">;
};

/** What the process is asked. */
export type Work = ReportQuestion | { readonly kind: "pdf"; readonly model: ReportModel };

/** What the process sends back: the answer, or what went wrong that is no fault of the words. */
export type Worked =
  | { readonly answer: ReportAnswer }
  | { readonly pdf: Uint8Array }
  | { readonly failed: string };

/** One question at a time; the process starts with the first and ends with this one. */
export const openTypesetter = (options: TypesetterOptions): Typesetter => {
  const inTurn = fairTurns();
  let setter: ChildProcess | undefined;
  const now = async (work: Work): Promise<Exclude<Worked, { failed: string }>> => {
    if (!setter?.connected) setter = start(options);
    const { spent, ...found } = await ask(setter, work, options.patience ?? 20_000);
    if (spent) {
      setter.kill("SIGKILL");
      setter = undefined;
    }
    return found;
  };
  const of: Typesetter["of"] = (person) => ({
    examine: async (question) => {
      const found = await inTurn(person, () => now(question));
      return "answer" in found ? found.answer : { findings: [] };
    },
    pdf: async (model) => {
      const found = await inTurn(person, () => now({ kind: "pdf", model }));
      if ("pdf" in found) return found.pdf;
      return { problem: found.answer.findings.map(({ problem }) => problem).join(" ") };
    },
  });
  return { ...of("Assay"), of };
};

/** What it says on its way out is let go: it would say in a log what is in a draft. */
const start = ({ publisher, memory = 512 }: TypesetterOptions): ChildProcess => {
  const setter = fork(
    new URL("./typesetter-process.ts", import.meta.url),
    [JSON.stringify(publisher)],
    {
      ...{ env: {}, execArgv: [`--max-old-space-size=${memory}`] },
      ...{ serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"] },
    },
  );
  // Between two questions nobody else listens, and an error without a listener ends the process.
  setter.on("error", () => undefined);
  keep(setter, false);
  return setter;
};

/** Whether this process stays for an answer. */
const keep = (setter: ChildProcess, staying: boolean): void => {
  const name = staying ? "ref" : "unref";
  setter[name]();
  setter.channel?.[name]();
};

type Found = Exclude<Worked, { failed: string }> & { readonly spent: boolean };

const ask = (setter: ChildProcess, work: Work, patience: number): Promise<Found> =>
  new Promise((resolve, reject) => {
    const over = (problem: string): void =>
      done(() =>
        resolve({ answer: { findings: [{ place: "The report", problem }] }, spent: true }),
      );
    const timer = setTimeout(
      () => over("It takes too long to set. Shorten it, or divide its lists and tables."),
      patience,
    );
    const heard = (worked: Worked): void =>
      done(() =>
        "failed" in worked
          ? reject(new Error(worked.failed))
          : resolve({ ...worked, spent: false }),
      );
    const broke = (): void =>
      over(
        "It cannot be set, or needs too much memory. Take out what has thousands of characters " +
          "without a space, shorten it, or divide its lists and tables.",
      );
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      setter.off("message", heard).off("error", broke).off("exit", broke);
      keep(setter, false);
      settle();
    };
    keep(setter, true);
    setter.on("message", heard).on("error", broke).on("exit", broke);
    setter.send(work);
  });
