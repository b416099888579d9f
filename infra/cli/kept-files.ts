/** The files that services sent: in a data folder, or where services of their own keep them. */
import { openNatsFiles } from "@assay/bus/nats-files.ts";
import { submissionsFolder } from "@assay/console/kept.ts";
import { type Files, filesIn } from "@assay/host/files.ts";

import { addressOf, folderOf, type FromData } from "./event-store.ts";
import { natsFor } from "./nats-keys.ts";
import type { Terminal } from "./terminal.ts";

/** Undefined where nobody said where files of services on their own are. */
export const withFiles = async <Result>(
  options: FromData,
  terminal: Terminal,
  work: (files: Files | undefined) => Promise<Result>,
): Promise<Result> => {
  if (addressOf(options, terminal) === undefined)
    return work(filesIn(submissionsFolder(folderOf(options, terminal))));
  const { files: place, replicas = 1 } = terminal.services ?? {};
  if (place === undefined) return work(undefined);
  if (place !== "nats") return work(filesIn(terminal.pathOf(place)));
  const files = await openNatsFiles({
    ...natsFor("FILES_IN", terminal),
    name: "assay-files",
    replicas,
  });
  try {
    return await work(files);
  } finally {
    await files.close();
  }
};
