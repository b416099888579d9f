import { PersonId } from "@assay/domain/kernel/ids.ts";
import { openDatabase } from "@assay/host/database.ts";
import { describe, expect, it } from "vitest";

import { openDirectory, personFor } from "./people.ts";

const hanna = PersonId.parse("hanna");
const account = (called: string, subject: string, issuer = "https://one.example") => ({
  ...{ issuer, subject, called },
  name: undefined,
});

describe("who an account is", () => {
  it("is the person of its name, where that is a person's id", () => {
    expect(personFor("hanna")).toBe("hanna");
    expect(personFor("hanna.head")).toBe("hanna.head");
  });

  it.each(["Hanna", "hanna@x.example", "Hanna Müller", "李雷", "ÅSA", "x".repeat(300)])(
    "is somebody by a name that nobody else has, of %j",
    (called) => {
      expect(personFor(called)).toMatch(/^[a-z0-9-]+-[0-9a-f]{6}$/);
      expect(personFor(called)).toBe(personFor(` ${called.toUpperCase().toLowerCase()} `));
    },
  );

  it("keeps two names apart that look alike once they are written plainly", () => {
    expect(personFor("anna müller")).not.toBe(personFor("anna muller"));
    expect(personFor("Anna Müller")).not.toBe("anna-muller");
  });

  it("stays the same person when the account is renamed, and when the provider changes", () => {
    const { personOf } = openDirectory(openDatabase(":memory:"));
    const { person } = personOf(account("Hanna@x.example", "1"));
    expect(personOf(account("hanna.head@x.example", "1")).person).toBe(person);
    expect(personOf(account("hanna@X.example", "77", "https://two.example")).person).toBe(person);
  });

  it("is nobody where another account of the provider is that person", () => {
    const { personOf, unlink } = openDirectory(openDatabase(":memory:"));
    personOf(account("hanna", "1"));
    expect(() => personOf(account("hanna", "2"))).toThrow("assay people unlink hanna");
    expect(unlink(hanna)).toBe(1);
    expect(personOf(account("hanna", "2")).person).toBe("hanna");
    expect(() => personOf(account("hanna", "1"))).toThrow("another account");
    expect(() => personOf(account("assay", "3"))).toThrow("as Assay itself");
  });

  it("is whom an operator linked to its name, and nobody else by that person's id", () => {
    const { personOf, link, list } = openDirectory(openDatabase(":memory:"));
    link(hanna, "Hanna.Head@x.example");
    expect(() => personOf(account("hanna", "9"))).toThrow("assay people link");
    const found = personOf({ ...account("hanna.head@x.example", "1"), name: "Hanna Head" });
    expect(found).toEqual({ person: "hanna", name: "Hanna Head" });
    expect(list()).toEqual([
      {
        ...{ person: "hanna", name: "Hanna Head", called: ["hanna.head@x.example"] },
        accounts: [{ issuer: "https://one.example", subject: "1" }],
      },
    ]);
  });
});
