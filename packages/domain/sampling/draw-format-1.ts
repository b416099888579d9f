/** The first version of a case list and its draw, which knew one set of columns. */
import { z } from "zod";

import { columnsOfFormat1 } from "../framework/format-1.ts";
import { SamplingSettings } from "../framework/format-1-sampling.ts";
import type { Upcaster } from "../kernel/upcast.ts";
import { basisOfFormat1, settingsOfFormat1, SizingOfFormat1 } from "./certificate-format-1.ts";

const Former = z.looseObject({
  settings: SamplingSettings,
  populations: z.record(z.string(), z.looseObject({ size: SizingOfFormat1 })),
});

/** The same list with the columns over which its digest goes. */
export const listWithColumns: Upcaster["up"] = (data) => ({
  ...data,
  columns: columnsOfFormat1.map(({ name }) => name),
});

/** The same draw by its populations' names; what is no draw stays as it is. */
export const drawByName: Upcaster["up"] = ({ draw, ...data }) => {
  const former = Former.safeParse(draw);
  if (!former.success) return { ...data, draw };
  const { settings, populations, ...same } = former.data;
  return {
    ...data,
    draw: {
      ...same,
      settings: settingsOfFormat1(settings),
      populations: Object.fromEntries(
        Object.entries(populations).map(([name, { size, ...rest }]) => [
          name,
          { ...rest, size: { ...size, basis: basisOfFormat1(size.basis) } },
        ]),
      ),
    },
  };
};
