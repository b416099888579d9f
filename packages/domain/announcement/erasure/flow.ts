/** What is to be erased because the time for keeping it ends. Assay does it by itself. */
import type { Flow } from "../../kernel/step.ts";
import { erasureStream, inspectionStream, publicationStream } from "../../kernel/stream.ts";
import { type Instances, owedBy } from "../../lifecycle/owed.ts";
import type { ErasureCommand } from "./commands.ts";
import { erasure, type ErasureKnown, type ErasureState, keptUntil } from "./decide.ts";
import type { Erasable } from "./events.ts";
import { erasureChart } from "./machine.ts";

const duties = {
  list: { type: "EraseCaseList", what: "Erase what identifies children in the case list" },
  words: { type: "EraseCaseWords", what: "Erase the words about every case" },
} as const;

export const erasureFlow: Flow<ErasureCommand, ErasureKnown, ErasureState> = {
  ...erasure.known,
  streams: (inspection) => [
    erasureStream(inspection),
    inspectionStream(inspection),
    publicationStream(inspection),
  ],
  owed: (inspection, state) => owedBy(erasureChart, instances, state, inspection),
};

type Erasing = Instances<Erasable, ErasureCommand, ErasureState>;

const erasing =
  (kind: Erasable): Erasing[Erasable] =>
  (state, inspection) => {
    const until = keptUntil(state, kind);
    if (!until) return [];
    const { type, what } = duties[kind];
    return [
      {
        key: `erase/${kind}`,
        what,
        due: until.at,
        command: (stamp) => ({ type, inspection, ...stamp }),
      },
    ];
  };

const instances: Erasing = { list: erasing("list"), words: erasing("words") };
