/** A place in a framework's document and what is wrong there, and how such places are found. */
import type { z } from "zod";

import type { DocumentShape } from "./document-shape.ts";
import type { Scale } from "./scale.ts";

export type Parts = z.infer<typeof DocumentShape>;

export type Path = readonly (string | number)[];

/** A place in the document and what is wrong there. */
export type Misfit = { readonly path: Path; readonly message: string };

export const repeated = (path: Path, names: readonly string[]): readonly Misfit[] =>
  names.flatMap((name, i) =>
    unless(names.indexOf(name) === i, { path: [...path, i], message: `${name} appears twice` }),
  );

export const unless = (fits: boolean, misfit: Misfit): readonly Misfit[] => (fits ? [] : [misfit]);

export const scaleOf = ({ scales }: Parts, id: string): Scale | undefined =>
  scales.find((scale) => scale.id === id);
