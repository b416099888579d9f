/** What is to be erased because the time for keeping it ends. Assay does it by itself. */
import type { Duty, Flow } from "../../kernel/step.ts";
import { erasureStream, inspectionStream, publicationStream } from "../../kernel/stream.ts";
import type { ErasureCommand } from "./commands.ts";
import { erasure, type ErasureKnown, type ErasureState, isKept, keptUntil } from "./decide.ts";

const duties = {
  list: { type: "EraseCaseList", what: "Erase what identifies children in the case list" },
  words: { type: "EraseCaseWords", what: "Erase the words about every case" },
} as const;

export const erasureFlow: Flow<ErasureCommand, ErasureKnown, ErasureState> = {
  initial: erasure.initial,
  evolve: erasure.evolve,
  streams: (inspection) => [
    erasureStream(inspection),
    inspectionStream(inspection),
    publicationStream(inspection),
  ],
  owed: (inspection, state) =>
    (["list", "words"] as const).flatMap((kind): readonly Duty<ErasureCommand>[] => {
      const until = isKept(state, kind) ? keptUntil(state, kind) : undefined;
      if (!until) return [];
      const { type, what } = duties[kind];
      const command: Duty<ErasureCommand>["command"] = (stamp) => ({ type, inspection, ...stamp });
      return [{ key: `erase/${kind}`, what, owner: "system", due: until.at, command }];
    }),
};
