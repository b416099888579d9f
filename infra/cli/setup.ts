/** `assay setup`: the secrets of an installation, and what is left to do before it can start. */
import { existsSync } from "node:fs";
import { join } from "node:path";

import { letReadAll } from "@assay/store/eventstoredb/examination.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused, refusingFaults, WrongUsage } from "./failure.ts";
import { edgeNames, type EdgeName, type Made, makeSecrets, renewEdge } from "./setting-up.ts";
import { table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

type Options = ForMachines & {
  readonly nodes: string;
  readonly nodesCa: string;
  readonly nats: string;
  readonly natsCa?: string;
  readonly renew?: string;
  readonly rights?: string;
};

export const addSetup = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "setup <DIR>",
    summary: "Makes the secrets of an installation as files, and says what is left to do.",
    about:
      "What is there already is kept, so that it can be asked again. By default the servers are\n" +
      "those of infra/compose.yaml. With --renew it exchanges a sealing key, in three steps with\n" +
      "the services running.",
    examples: [
      "setup infra/secrets",
      "setup /etc/assay --nodes db-1:2113,db-2:2113,db-3:2113 --nodes-ca /etc/assay/store-ca.crt",
      "setup infra/secrets --renew console",
    ],
  });
  command
    .option(
      "--nodes <HOSTS>",
      "the event store's nodes",
      "kurrentdb-1:2113,kurrentdb-2:2113,kurrentdb-3:2113",
    )
    .option(
      "--nodes-ca <FILE>",
      "their authority, as services see the file; none for servers without TLS",
      "/certs/ca/ca.crt",
    )
    .option("--nats <HOSTS>", "the NATS servers", "nats-1:4222,nats-2:4222,nats-3:4222")
    .option("--nats-ca <FILE>", "their authority: NATS_TLS_CA")
    .option("--rights <URL>", "lets the user assay read $all: esdb:// with an administrator")
    .option("--renew <NAME>", `exchanges the sealing key of ${edgeNames.join(", ")}`);
  jsonOption(command).action(async (name: string, options: Options) => {
    const folder = terminal.pathOf(name);
    if (options.rights !== undefined) return given(options.rights, { options, terminal });
    if (options.renew !== undefined) return renewed(folder, options.renew, { options, terminal });
    const made = makeSecrets(folder, serversIn(options));
    const left = leftToDo(folder, options);
    if (options.json) return terminal.out(jsonLine({ folder, files: made, left }));
    const steps = left.map((step, n) => `${n + 1}. ${step}`).join("\n\n");
    terminal.out(`${filesTable(made, terminal)}\n\nWhat is left to do:\n\n${steps}\n`);
  });
};

const serversIn = ({ nodes, nodesCa, nats, natsCa }: Options) => {
  const hosts = (name: string, given: string): readonly string[] => {
    const found = given.split(",").map((one) => one.trim());
    if (found.every((one) => /^[^\s/@]+:\d{1,5}$/.test(one))) return found;
    throw new WrongUsage(`${name} takes hosts with their ports and commas between: not ${given}`);
  };
  return {
    nodes: hosts("--nodes", nodes),
    storeCa: nodesCa === "none" ? undefined : nodesCa,
    nats: hosts("--nats", nats),
    natsCa,
  };
};

type Asked = { readonly options: Options; readonly terminal: Terminal };

const given = (url: string, { options, terminal }: Asked): Promise<void> =>
  refusingFaults(async () => {
    await letReadAll(url, "assay");
    const said = "The user assay may read $all.";
    terminal.out(options.json ? jsonLine({ said }) : `${said}\n`);
  });

const renewed = (folder: string, name: string, { options, terminal }: Asked): void => {
  const edge = edgeNames.find((one): one is EdgeName => one === name);
  if (edge === undefined) throw new WrongUsage(`--renew takes one of ${edgeNames.join(", ")}.`);
  if (!existsSync(join(folder, `${edge}-key`)))
    throw new Refused(`There is no ${edge}-key in ${folder}: assay setup makes it.`);
  const said = renewEdge(folder, edge);
  terminal.out(options.json ? jsonLine({ said }) : `${said}\n`);
};

const filesTable = (made: readonly Made[], terminal: Terminal): string =>
  table(
    [{ head: "File" }, { head: "" }, { head: "What it is" }],
    made.map(({ file, what, made: isNew }) => [file, isNew ? "made" : "kept", what]),
    { bold: inkOf(terminal).bold },
  );

/** In order; each with the very commands. */
const leftToDo = (folder: string, options: Options): readonly string[] => {
  const [first = ""] = options.nodes.split(",");
  return [
    "Keep a copy of key-encryption-key and sampling-secret apart from everything else.",
    "Include nats-users.conf in the configuration of every NATS server, and start them.",
    `Make the event store's user, as its administrator:
   curl --cacert ca.crt -u admin:ADMIN https://${first}/users \\
     -H 'content-type: application/json' -d @${join(folder, "store-user.json")}`,
    `Let that user read $all, as the same administrator:
   npm run -s assay -- setup ${folder} --rights 'esdb://admin:ADMIN@${first}?tlsCaFile=ca.crt'`,
    "Give each service its files, as infra/compose.yaml, infra/deploy and infra/systemd do. They " +
      "may be read by their\n   owner alone: in the containers that is user 1000.",
    "Check each service with what it is given: npm run -s assay -- doctor",
  ];
};
