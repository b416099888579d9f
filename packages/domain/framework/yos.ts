/** The two former frameworks of youth offending services, as they are read today. */
import { documentOfFormat1 } from "./format-1.ts";
import { yos2018 as document2018 } from "./format-1-yos-2018.ts";
import { yos2021 as document2021 } from "./format-1-yos-2021.ts";

export const yos2018 = documentOfFormat1(document2018);
export const yos2021 = documentOfFormat1(document2021);
