/** `npm run faults`: scenario after scenario, each violation named with the seed that shows it. */
import { type Arguments, help, readArguments } from "./arguments.ts";
import { askStrangely, inMegabytes } from "./requests.ts";
import { inWords, scenarioOf } from "./scenario.ts";
import { tell } from "./story.ts";

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** A scenario waits for most of its time, so several are told at once. */
const atOnce = 6;

const run = async ({ from, count, minutes, plant }: Extract<Arguments, { kind: "run" }>) => {
  const until = performance.now() + minutes * 60_000;
  let next = from;
  let told = 0;
  let failed = 0;
  const tellOn = async (): Promise<void> => {
    while (next < from + count && performance.now() < until) {
      next += 1;
      const { scenario, violations } = await tell(scenarioOf(next - 1), plant);
      told += 1;
      if (violations.length > 0) {
        failed += 1;
        say(`\n${inWords(scenario)}`);
        for (const violation of violations.slice(0, 8)) say(`  ${violation}`);
        if (violations.length > 8) say(`  and ${violations.length - 8} more`);
      }
      if (told % 25 === 0) say(`${told} scenarios told, ${failed} with a violation`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, tellOn));
  say(`\n${told} scenarios from seed ${from}: ${failed} with a violation.`);
  if (failed > 0) say("Tell one again: npm run faults -- --count 1 --from SEED");
  return failed > 0 ? 1 : 0;
};

const runRequests = async ({ from, count }: Extract<Arguments, { kind: "requests" }>) => {
  const { wrong, statuses, slowest, grown, ...told } = await askStrangely({
    seed: from,
    count,
    say,
  });
  const often = [...statuses].toSorted(([a], [b]) => a - b);
  say(
    `${told.asked} requests as ${told.visitors} visitors, from seed ${from}; ` +
      `${told.tried} paths, operations and forms`,
  );
  say(`answered: ${often.map(([status, times]) => `${status} ${times} times`).join(", ")}`);
  say(`longest: ${Math.round(slowest.took)} ms of the processor for ${slowest.request}`);
  say(`the process grew by ${inMegabytes(grown)} MB; ${wrong.size} were not as they should be`);
  return wrong.size > 0 ? 1 : 0;
};

const given = readArguments(process.argv.slice(2));
if (given.kind === "help") say(help);
else if (given.kind === "wrong") {
  process.stderr.write(`${given.problem}\n\n${help}\n`);
  process.exitCode = 2;
} else process.exitCode = await (given.kind === "run" ? run(given) : runRequests(given));
