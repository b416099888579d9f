/**
 * Builds the image by following the Containerfile's steps in a folder, with the Node of this
 * machine in place of the base image's, and runs it as the user that it names.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const house = join(import.meta.dirname, "../../..");

export type Image = {
  /** What lies in it, but for the packages of others. */
  readonly files: () => readonly string[];
  readonly packages: () => readonly string[];
  readonly read: (file: string) => string;
  /** Starts the image's program as its user, on a file system that this user cannot change. */
  readonly start: (args: readonly string[], environment?: Environment) => ChildProcess;
};

type Environment = Readonly<Record<string, string>>;

const isRoot = process.getuid?.() === 0;

/** Everything that a working copy holds, with what `plant` adds to it. */
export const contextIn = (folder: string, planted: Environment): void => {
  const given = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", given, { cwd: house, encoding: "utf8" }).split("\0");
  for (const file of files.filter(Boolean)) cpSync(join(house, file), join(folder, file));
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
};

export const buildImage = (context: string, root: string): Image => {
  const text = readFileSync(join(context, "infra/container/Containerfile"), "utf8");
  const building = new Building(context, root);
  for (const line of text.replaceAll(/#.*\n/g, "").replaceAll("\\\n", " ").split("\n"))
    if (line.trim() !== "") building.follow(line);
  return building.image();
};

class Building {
  readonly #context: string;
  readonly #root: string;
  readonly #environment: Record<string, string> = {};
  #directory = "/";
  #user = "0";
  #entry: readonly string[] = [];

  constructor(context: string, root: string) {
    this.#context = context;
    this.#root = root;
  }

  follow(line: string): void {
    const [, word = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    const step = this.#steps[word];
    if (!step) throw new Error(`${word} is not followed here`);
    step(rest);
  }

  readonly #at = (path: string): string => join(this.#root, path);

  readonly #steps: Readonly<Record<string, (rest: string) => void>> = {
    FROM: (rest) => {
      if (!rest.startsWith("node:24-"))
        throw new Error(`${rest} is not the Node that is tried here`);
    },
    WORKDIR: (rest) => {
      this.#directory = rest;
      mkdirSync(this.#at(rest), { recursive: true });
    },
    ENV: (rest) => {
      for (const pair of rest.split(" "))
        this.#environment[pair.split("=")[0]!] = pair.split("=")[1]!;
    },
    COPY: (rest) => this.#copy(rest),
    RUN: (rest) => this.#run(rest),
    USER: (rest) => (this.#user = rest),
    ENTRYPOINT: (rest) => (this.#entry = JSON.parse(rest) as string[]),
    VOLUME: () => undefined,
    EXPOSE: () => undefined,
    STOPSIGNAL: () => undefined,
    CMD: () => undefined,
  };

  #copy(rest: string): void {
    // From an earlier stage, which left it in its place.
    if (rest === "--from=installed /assay /assay") return;
    if (rest !== ". .") throw new Error(`COPY ${rest} is not followed here`);
    const ignored = ignoring(readFileSync(join(this.#context, ".dockerignore"), "utf8"));
    for (const file of filesIn(this.#context))
      if (!ignored(file)) cpSync(join(this.#context, file), this.#at(join(this.#directory, file)));
  }

  #run(rest: string): void {
    const own = `${process.getuid?.()}:${process.getgid?.()}`;
    const command = rest
      .replaceAll(/(?<= )\/(?=\w)/g, `${this.#root}/`)
      .replaceAll("1000:1000", isRoot ? "1000:1000" : own);
    execFileSync("sh", ["-c", command], { cwd: this.#at(this.#directory), stdio: "pipe" });
  }

  image(): Image {
    const home = this.#at(this.#directory);
    const files = (): readonly string[] => filesIn(home);
    execFileSync("chmod", ["-R", "a+rX,a-w", home]);
    const [program, ...leading] = this.#entry;
    if (program !== "node") throw new Error(`${program} is not started here`);
    const scratch = this.#at("/tmp");
    mkdirSync(scratch);
    chmodSync(scratch, 0o777);
    const uid = Number(this.#user);
    if (!(uid > 0)) throw new Error("the image runs as root");
    const places = Object.entries(this.#environment).map(([name, value]) => [
      name,
      value.startsWith("/") ? this.#at(value) : value,
    ]);
    return {
      files,
      packages: () => readdirSync(join(home, "node_modules/.pnpm")),
      read: (file) => readFileSync(join(home, file), "utf8"),
      start: (args, environment = {}) =>
        spawn(process.execPath, [...leading, ...args], {
          cwd: home,
          stdio: ["ignore", "pipe", "pipe"],
          env: {
            PATH: process.env["PATH"],
            ...{ TMPDIR: scratch, NODE_COMPILE_CACHE: join(scratch, "compiled") },
            ...Object.fromEntries(places),
            ...environment,
          },
          ...(isRoot ? { uid, gid: uid } : {}),
        }),
    };
  }
}

/** As .dockerignore is read: the last line that fits a file, or a folder that it is in, decides. */
const ignoring = (text: string): ((file: string) => boolean) => {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const patterns = lines.map((line) => {
    const pattern = line.replace(/^!/, "").replaceAll(".", "\\.");
    const anywhere = pattern.replace(/^\*\*\//, "(?:.*/)?");
    const named = anywhere.replaceAll(/(?<![.)])\*/g, "[^/]*");
    return { fits: new RegExp(`^${named}(?:/|$)`), keeps: line.startsWith("!") };
  });
  return (file) => patterns.findLast(({ fits }) => fits.test(file))?.keeps === false;
};

const filesIn = (folder: string, below = ""): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.name === "node_modules" || entry.name === ".git") return [];
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
