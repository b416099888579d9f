/** Starts the node, prints how to connect, and drains it on SIGTERM or SIGINT. */
import { readConfig, usage } from "./config.ts";
import { startNode } from "./node.ts";

const args = process.argv.slice(2);
if (args.includes("--help")) {
  process.stdout.write(`${usage}\n`);
} else {
  try {
    const node = await startNode(readConfig(args, process.env));
    process.stdout.write(`${node.connectionString}\n`);
    // `disconnect`: whoever supervised it is gone.
    for (const signal of ["SIGTERM", "SIGINT", "disconnect"] as const) {
      process.once(signal, () => void node.stop().then(() => process.exit(0)));
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
