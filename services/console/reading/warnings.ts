/** What somebody is warned of before it is recorded, and may insist on. */
import {
  type Identifying,
  identifyingIn,
  identifyingInRequest,
} from "@assay/domain/kernel/identifying.ts";
import type { CaseRow } from "@assay/domain/sampling/case-list.ts";
import {
  identifyingInRows,
  repeatedIn,
  repeatedInWords,
} from "@assay/domain/sampling/list-questions.ts";
import { pinned } from "@assay/domain/briefing/inspection.ts";
import { rowsOf } from "@assay/domain/briefing/listed-rows.ts";

import type { Held } from "./held.ts";

type Request = Readonly<Record<string, unknown>>;

/** What could identify somebody: in sentences, in a case list, in the name of a file. */
export const identifyingInCommand = (
  command: Request,
  held: Held | undefined,
): readonly Identifying[] => {
  const { type, rows, name } = command;
  if (type === "SubmitCaseList" && held)
    return identifyingInRows(
      rows as readonly CaseRow[],
      pinned(held.announcement.briefing).columns,
    );
  if (type === "ReceiveSubmission") return identifyingIn(spaced(String(name)));
  return identifyingInRequest(command);
};

/** What is asked before a draw of a list as it is held, where nothing of it was erased. */
export const repeatedBefore = (type: unknown, held: Held | undefined): readonly string[] => {
  if (type !== "DrawSample" || !held) return [];
  const { briefing, cases } = held.announcement;
  const rows = rowsOf([...cases.values()]);
  return rows && briefing.framework ? repeatedIn(rows, pinned(briefing)).map(repeatedInWords) : [];
};

/** `JaneSmith_2.pdf` as words. */
const spaced = (fileName: string): string =>
  fileName.replace(/\.[a-z0-9]{1,5}$/i, "").replaceAll(/(?<=\p{Ll})(?=\p{Lu})|[_.\-+]+/gu, " ");
