/** What this folder has to offer, as the measurements know it: see `../peers.ts`. */
import type { Peers } from "../peers.ts";

import { startAct } from "./act.ts";
import { startDbos } from "./dbos.ts";
import { startEmmettOnPostgres, startEmmettOnSqlite } from "./emmett.ts";
import { fillEmmett } from "./emmett-replay.ts";
import { startRestate } from "./restate.ts";

export const peers: Peers = {
  startAct,
  startDbos,
  startEmmettOnPostgres,
  startEmmettOnSqlite,
  startRestate,
  fillEmmett,
};
