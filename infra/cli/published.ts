/** Published inspections as files: read, or refused with everything that is wrong with them. */
import { countsIn, type PublishedCounts } from "@assay/domain/reconstruction/counts.ts";
import {
  type FileProblem,
  type PublishedInspection,
  readPublished,
} from "@assay/domain/reconstruction/published-file.ts";

export type Published = { readonly file: PublishedInspection; readonly counts: PublishedCounts };

export type ReadPublished =
  | ({ readonly ok: true } & Published)
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** A parsed file as a published inspection, or everything that is wrong with it. */
export const publishedIn = (value: unknown): ReadPublished => {
  const file = readPublished(value);
  if (!file.ok) return file;
  const counts = countsIn(file.value);
  return counts.ok ? { ok: true, file: file.value, counts: counts.value } : counts;
};
