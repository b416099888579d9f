/** nginx and Caddy, run with the blocks of docs/proxies.md and a certificate of their own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { selfSigned } from "@assay/nats/self-signed.ts";

import { type Running, runProgram } from "./programs.ts";

export type Proxying = {
  readonly program: string;
  /** Where it listens, for `https://localhost`. */
  readonly port: number;
  /** Where it passes things on to. */
  readonly to: number;
  /** Another replica; the same one by default. */
  readonly orTo?: number;
};

export type Proxy = Running & { readonly origin: string; readonly certificate: string };

const page = join(import.meta.dirname, "../../../docs/proxies.md");

/** The block of that language on the page, with each text of the page exchanged for the test's. */
const blockOf = (language: string, exchanged: Readonly<Record<string, string>>): string => {
  const text = readFileSync(page, "utf8");
  let block = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(text)?.[1];
  for (const [ours, theirs] of Object.entries(exchanged)) {
    if (!block?.includes(ours)) throw new Error(`the block for ${language} has no ${ours}`);
    block = block.replaceAll(ours, theirs);
  }
  return block!;
};

const opened = (port: number) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-proxy-"));
  const { cert, key } = selfSigned();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const certificates = {
    "/etc/ssl/assay/chain.pem": file("chain.pem", cert),
    "/etc/ssl/assay/key.pem": file("key.pem", key),
  };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { folder, file, certificates, remove, origin: `https://localhost:${port}`, cert };
};

type Opened = ReturnType<typeof opened>;

const whole = ({ origin, cert: certificate, remove }: Opened, running: Running): Proxy => ({
  ...{ origin, certificate },
  close: async () => {
    await running.close();
    remove();
  },
});

export const startNginx = async ({ program, port, to, orTo = to }: Proxying): Promise<Proxy> => {
  const stage = opened(port);
  const { folder, file, certificates } = stage;
  const block = blockOf("nginx", {
    ...certificates,
    "listen 443": `listen 127.0.0.1:${port}`,
    "assay.example": "localhost",
    "127.0.0.1:4600": `127.0.0.1:${to}`,
    "127.0.0.1:4610": `127.0.0.1:${orTo}`,
  });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  const conf = [
    // Root's folder is for root alone; anybody else's nginx passes this line over.
    "user root; daemon off; worker_processes 1; events {}",
    `pid ${folder}/pid; error_log stderr warn;`,
    `http { access_log off; ${temporary.join(" ")}`,
    `${block}}`,
  ];
  const args = ["-p", folder, "-e", "stderr", "-c", file("nginx.conf", `${conf.join("\n")}\n`)];
  return whole(stage, await runProgram({ program, args, port }));
};

export const startCaddy = async ({ program, port, to }: Proxying): Promise<Proxy> => {
  const stage = opened(port);
  const { folder, file, certificates, origin } = stage;
  const block = blockOf("caddy", {
    ...certificates,
    "assay.example": origin,
    "127.0.0.1:4600": `127.0.0.1:${to}`,
  });
  // Of a machine's own: no port 80, nothing asked from elsewhere, nothing kept in a home folder.
  const global = "{\n  admin off\n  auto_https disable_redirects\n  default_bind 127.0.0.1\n}\n";
  const config = file("Caddyfile", `${global}${block}`);
  const args = ["run", "--adapter", "caddyfile", "--config", config];
  const environment = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return whole(stage, await runProgram({ program, args, port, environment }));
};
