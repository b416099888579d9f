/** `assay sample`: draw a sample from a case list, and verify a certificate against one. */
import { drawFromFile, verifyFromFile } from "@assay/intake/sample-tool.ts";
import type { Command } from "commander";

import { uncleanList, withProgress } from "./case-list.ts";
import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { WrongUsage } from "./failure.ts";
import { frameworkNamed, frameworkOption, type Under } from "./frameworks-known.ts";
import { bytesOf, jsonOf } from "./input.ts";

export const addSample = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "sample",
    summary: "Samples that anyone can verify: draw one, or draw it again from its certificate.",
    examples: [drawExample, verifyExample],
  });
  addDraw(group, context);
  addVerify(group, context);
};

const list = "examples/case-list/case-list.csv --framework yos-2021";
const drawExample = `sample draw --list ${list} --fieldwork-start 2021-05-24 --nonce 7f3c9a51`;
const verifyExample = `sample verify examples/case-list/certificate.json --list ${list}`;

type DrawOptions = ForMachines & {
  readonly list: string;
  readonly fieldworkStart: string;
  readonly nonce: string;
  readonly beacon?: string;
  readonly repeatsAreRight?: boolean;
};

const addDraw = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "draw",
    summary: "Draws the samples of all populations, with their reserves and certificate.",
    about: "The same list, nonce and settings draw the same cases on every machine.",
    examples: [drawExample, `${drawExample} --json > certificate.json`],
  })
    .requiredOption("--list <FILE>", "the case list, CSV or JSON; - reads what is piped in")
    .requiredOption("--fieldwork-start <DATE>", "the first day of fieldwork, such as 2021-05-24")
    .requiredOption("--nonce <HEX>", "the secret half of the seed, two digits a byte")
    .option("--beacon <HEX>", "a public random value to mix in")
    .option("--repeats-are-right", "many cases of the list are in it twice");
  frameworkOption(jsonOption(command), terminal).action(async (options: DrawOptions & Under) => {
    const { fieldworkStart, nonce, beacon, repeatsAreRight } = options;
    const settings = await frameworkNamed(options, terminal);
    const content = await bytesOf(options.list, terminal);
    const drawn = withProgress(terminal, "Read", (progress) =>
      drawFromFile({
        ...{ list: content, fieldworkStart, nonce, beacon, settings, progress, repeatsAreRight },
      }),
    );
    if (drawn.ok) {
      return terminal.out(options.json ? jsonLine(drawn.certificate) : drawn.page);
    }
    if (drawn.problems.length === 0) throw new WrongUsage(drawn.page.trim());
    throw uncleanList(options.list, drawn.problems);
  });
};

type VerifyOptions = ForMachines & {
  readonly list: string;
  readonly commitment?: string;
};

const addVerify = (group: Command, { terminal, finish }: Context): void => {
  const command = introduce(group, {
    name: "verify <CERTIFICATE>",
    summary: "Draws again from a certificate and the list: equal, or what differs.",
    about:
      "The settings are those of the framework version, and not what the certificate says.\n" +
      "Ends with 1 when anything differs.",
    examples: [verifyExample],
  })
    .requiredOption("--list <FILE>", "the case list as it was received")
    .option("--commitment <HEX>", "the commitment that was published with the announcement");
  frameworkOption(jsonOption(command), terminal).action(
    async (name: string, options: VerifyOptions & Under) => {
      const certificate = JSON.stringify((await jsonOf(name, terminal)).value);
      const content = await bytesOf(options.list, terminal);
      const { commitment } = options;
      const settings = await frameworkNamed(options, terminal);
      const verified = withProgress(terminal, "Read", (progress) =>
        verifyFromFile({ certificate, list: content, settings, commitment, progress }),
      );
      if (!verified.ok) {
        if (verified.problems.length === 0) throw new WrongUsage(verified.page.trim());
        throw uncleanList(options.list, verified.problems);
      }
      terminal.out(options.json ? jsonLine(verified.verification) : verified.page);
      if (!verified.verification.equal) finish(1);
    },
  );
};
