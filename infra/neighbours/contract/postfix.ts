/** Debian's Postfix on a port and folders of its own, with TLS by a certificate of its own. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { selfSigned } from "@assay/nats/self-signed.ts";

import { programNamed, runProgram } from "./programs.ts";

const services = [
  "pickup unix n - n 60 1 pickup",
  "cleanup unix n - n - 0 cleanup",
  "qmgr unix n - n 300 1 qmgr",
  "tlsmgr unix - - n 1000? 1 tlsmgr",
  "rewrite unix - - n - - trivial-rewrite",
  "bounce unix - - n - 0 bounce",
  "defer unix - - n - 0 bounce",
  "trace unix - - n - 0 bounce",
  "proxymap unix - - n - - proxymap",
  "showq unix n - n - - showq",
  "error unix - - n - - error",
  "retry unix - - n - - error",
  "virtual unix - n n - - virtual",
  "anvil unix - - n - 1 anvil",
  "postlog unix-dgram n - n - 1 postlogd",
];

export type Postfix = {
  readonly url: string;
  /** Every letter in the mailbox, as it was delivered. */
  readonly letters: () => readonly string[];
  readonly close: () => Promise<void>;
};

/**
 * Undefined where it is not installed, or nobody may start it. It takes letters to `desk@x.example`,
 * knows no other mailbox of that domain, and relays for nobody.
 */
export const mayRunPostfix = (): boolean =>
  programNamed("postfix") !== undefined && process.getuid?.() === 0;

export const startPostfix = async (port: number): Promise<Postfix> => {
  const folder = mkdtempSync(join(tmpdir(), "assay-postfix-"));
  chmodSync(folder, 0o755);
  const within = (name: string): string => join(folder, name);
  for (const name of ["config", "spool", "data", "mail"]) mkdirSync(within(name));
  const owner = spawnSync("id", ["-u", "postfix"]).stdout.toString().trim();
  for (const name of ["data", "mail"]) spawnSync("chown", [owner, within(name)]);
  const { cert, key } = selfSigned();
  writeFileSync(within("config/cert.pem"), cert);
  writeFileSync(within("config/key.pem"), key, { mode: 0o600 });
  const settings = {
    compatibility_level: "3.6",
    ...{ queue_directory: within("spool"), data_directory: within("data") },
    ...{ maillog_file: within("log"), maillog_file_prefixes: folder },
    ...{ myhostname: "mail.x.example", mydestination: "", mynetworks: "" },
    ...{ alias_maps: "", local_recipient_maps: "", inet_protocols: "ipv4" },
    ...{ virtual_mailbox_domains: "x.example", virtual_mailbox_base: within("mail") },
    virtual_mailbox_maps: "inline:{ desk@x.example=desk/ }",
    ...{ virtual_uid_maps: `static:${owner}`, virtual_gid_maps: `static:${owner}` },
    ...{ virtual_minimum_uid: "1", smtpd_tls_security_level: "may" },
    ...{ smtpd_tls_cert_file: within("config/cert.pem") },
    ...{ smtpd_tls_key_file: within("config/key.pem"), smtpd_tls_received_header: "yes" },
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(within("config/main.cf"), `${lines.join("\n")}\n`);
  const smtpd = `127.0.0.1:${port} inet n - n - - smtpd`;
  writeFileSync(within("config/master.cf"), `${[smtpd, ...services].join("\n")}\n`);
  const program = programNamed("postfix")!;
  const args = ["-c", within("config"), "start-fg"];
  await runProgram({ program, args, port });
  const inbox = within("mail/desk/new");
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters: () => filesIn(inbox).map((name) => readFileSync(join(inbox, name), "utf8")),
    close: async () => {
      // It lets its children finish; the script in front does not pass a signal on.
      spawnSync(program, ["-c", within("config"), "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** None before the first letter has made the folder. */
const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
