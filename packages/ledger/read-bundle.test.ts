import { describe, expect, it } from "vitest";

import { bundle, failed, options } from "./golden/forge.ts";
import { canonical } from "./leaf.ts";
import { verifyBundle } from "./verify-bundle.ts";

describe("a file that says the same in other bytes", () => {
  it.each([
    ["with white space", JSON.stringify(JSON.parse(bundle), null, 2)],
    ["with a last newline", `${bundle}\n`],
    ["with a byte order mark", `\ufeff${bundle}`],
    ["with a member said twice", bundle.replace("{", '{"format":"assay-bundle/0",')],
    ["with an escape for a letter", bundle.replace("exampleton", String.raw`\u0065xampleton`)],
  ])("%s is refused", (_, text) => {
    expect(failed(verifyBundle(text, options))).toEqual(["form"]);
    expect(failed(verifyBundle(new TextEncoder().encode(text), options))).toEqual(["form"]);
  });

  it("of a version that is not known is refused by name", () => {
    const [form] = verifyBundle(bundle.replace("assay-bundle/1", "assay-bundle/9"), options).checks;
    expect(form?.detail).toBe("/format is not assay-bundle/1, which is what can be read");
  });

  it.each<[string, (members: Record<string, unknown>) => void, string]>([
    ["a list for an object", (all) => (all["ratings"] = []), "/ratings is not an object"],
    ["an object for a list", (all) => (all["events"] = {}), "/events is not a list"],
    ["a member too many", (all) => (all["more"] = 1), "/more has no place in a bundle"],
    ["a number for a text", (all) => (all["inspection"] = 1), "/inspection is not text"],
  ])("with %s is refused with the place", (_, change, detail) => {
    const members = JSON.parse(bundle) as Record<string, unknown>;
    change(members);
    const [form] = verifyBundle(canonical(members), options).checks;
    expect(form).toMatchObject({ name: "form", holds: false, detail });
  });
});
