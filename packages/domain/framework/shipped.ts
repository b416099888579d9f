/**
 * The frameworks that come with an engine, each a document beside this file. A test reads each by
 * the schema of its format, so that nothing has to do so whenever a program begins.
 */
import type { Framework } from "./document.ts";
import { documentOfFormat1 } from "./format-1.ts";
import type { FrameworkVersion } from "./format-1-document.ts";
import former from "./shipped/yos-2018.json" with { type: "json" };
import latter from "./shipped/yos-2021.json" with { type: "json" };
import current from "./shipped/youth-justice-2025.json" with { type: "json" };

export const document2018 = former as unknown as FrameworkVersion;
export const document2021 = latter as unknown as FrameworkVersion;
export const youthJustice2025 = current as unknown as Framework;

/** By rising first day. */
export const shipped = [document2018, document2021, youthJustice2025] as const;

/** The two former ones as they are read today. */
export const yos2018 = documentOfFormat1(document2018);
export const yos2021 = documentOfFormat1(document2021);
