/** The store's contract on the eventstoredb adapter, through the client that it was built on. */
import { storeContract } from "@assay/store/contract.ts";

import { another, ourCluster, ourNode } from "./subjects.ts";

const named = process.env["EVENTSTORE_URL"];
if (named) {
  storeContract("the eventstoredb adapter", () => another("esdb", named));
} else {
  storeContract("the eventstoredb adapter and our node", () => ourNode("esdb"));
  storeContract("the eventstoredb adapter and three nodes", () => ourCluster("esdb"));
}
