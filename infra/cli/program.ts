/** The commands of `assay`, and how each ends: with a status, and words unless that is 0. */
import { Misconfigured } from "@assay/host/environment.ts";
import { Command, CommanderError } from "commander";

import { addAgreement } from "./agreement.ts";
import { addAccess } from "./access.ts";
import { addAside } from "./aside.ts";
import { addAuditPublished } from "./audit-published.ts";
import { addBackup, addExport, addImport, addRestore } from "./backup.ts";
import { addBundle, addVerify } from "./bundle.ts";
import { addCalendar } from "./calendar.ts";
import { addCaseList } from "./case-list.ts";
import type { Context } from "./command.ts";
import { addCommands } from "./commands.ts";
import { addCheckUpgrade } from "./check-upgrade.ts";
import { addDiff } from "./difference.ts";
import { addDoctor } from "./doctor.ts";
import { failureText, Refused, WrongUsage } from "./failure.ts";
import { addAllocation, addDomainOne, addQuality } from "./fieldwork.ts";
import { addFramework } from "./framework.ts";
import { addEvents } from "./history.ts";
import { addIdentity } from "./identity.ts";
import { addInspection, addInspections } from "./inspections.ts";
import { addIntegrity } from "./integrity.ts";
import { addKeys } from "./keys.ts";
import { addProve, addVerifyProof } from "./proof.ts";
import { addLetters } from "./letters.ts";
import { addPeople } from "./people.ts";
import { addPermissions } from "./permissions.ts";
import { addProgramme } from "./programme.ts";
import { addJudgements } from "./judgements.ts";
import { addRating } from "./rating.ts";
import { addHistory } from "./rating-history.ts";
import { addReport } from "./report.ts";
import { addReplayPublished } from "./replay-published.ts";
import { addReminders } from "./reminders.ts";
import { addSample } from "./sample.ts";
import { addScore } from "./score.ts";
import { addSetup } from "./setup.ts";
import { addSessions } from "./sessions.ts";
import { addPossible } from "./possible.ts";
import { addDo, addSend } from "./send.ts";
import { addDuties, addLetter, addPlan, addRequests, addWorkload } from "./tracking.ts";
import { addVersions } from "./versions.ts";
import { addWhatIf } from "./what-if.ts";
import { addVault } from "./vault.ts";
import { addWhy } from "./why.ts";
import type { Status, Terminal } from "./terminal.ts";

type Add = (program: Command, context: Context) => void;

/** As the help lists them. */
const commands: Readonly<Record<string, readonly Add[]>> = {
  "Inspections and ratings": [
    ...[addInspections, addInspection, addEvents, addRating, addWhy, addHistory, addDiff],
    ...[addVersions, addWhatIf, addReport, addScore],
  ],
  "Asking for something": [addPossible, addCommands, addDo, addSend],
  "What is under way": [
    ...[addDuties, addWorkload, addPlan, addRequests, addLetter, addLetters, addReminders],
    ...[addAllocation, addJudgements, addDomainOne, addQuality, addAgreement, addCalendar],
  ],
  "Programmes, frameworks and samples": [...[addProgramme, addFramework, addCaseList, addSample]],
  "Published reports": [addReplayPublished, addAuditPublished],
  Proofs: [addBundle, addVerify, addProve, addVerifyProof, addIntegrity, addKeys],
  "Running Assay": [
    ...[addSetup, addDoctor, addCheckUpgrade, addBackup, addRestore, addExport, addImport],
    ...[addVault, addAside, addAccess, addIdentity, addSessions, addPeople, addPermissions],
  ],
};

/** Runs one command. Anything it throws besides a refusal, a fault or wrong usage is our defect. */
export const run = async (args: readonly string[], terminal: Terminal): Promise<Status> => {
  let status: Status = 0;
  const finish = (ended: Status): void => {
    status = ended;
  };
  try {
    await programFor({ terminal, finish }).parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    return failed(error, terminal, args.includes("--json"));
  }
};

const failed = (error: unknown, { out, err }: Terminal, forMachines: boolean): Status => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Misconfigured) {
    err(`${error.message}\n`);
    return 2;
  }
  if (!(error instanceof Refused) && !(error instanceof WrongUsage)) throw error;
  err(failureText(error));
  const { message: refused, problems, status } = error;
  if (forMachines && status === 1) out(`${JSON.stringify({ refused, problems }, undefined, 2)}\n`);
  return status;
};

const programFor = (context: Context): Command => {
  const { out, err, colour, width } = context.terminal;
  const program = new Command("assay")
    .description("Replays, explains and verifies the ratings of inspections.")
    .usage("COMMAND [ARGUMENTS] [--json]")
    .helpOption("-h, --help", "show this help, or a command's")
    .helpCommand("help [COMMAND]", "show a command's help")
    .exitOverride()
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => colour,
      getErrHasColors: () => false,
    })
    .showHelpAfterError("Add --help to see how the command is given.")
    .addHelpText(
      "after",
      "\nEnds with 0 when done, 1 when something is refused or differs, 2 when wrongly used.\n" +
        "Run it from the project as: npm run -s assay -- COMMAND ...",
    );
  for (const [heading, group] of Object.entries(commands)) {
    program.commandsGroup(`${heading}:`);
    for (const add of group) add(program, context);
  }
  return program;
};
