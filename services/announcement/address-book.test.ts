import { PersonId, ServiceId } from "@assay/domain/kernel/ids.ts";
import { expect, it } from "vitest";

import { addressedIn, addresseeIn } from "./address-book.ts";

const book = {
  people: { sami: { address: "sami@x.example", name: "Sami" } },
  services: { sandford: { address: "inspection@sandford.example" } },
  offices: { sandford: { "board-chair": { address: "chair@board.example", name: "Ola" } } },
  bodies: { "Ministry of Justice": { address: "press@moj.example" } },
  roles: { scheduler: { address: "desk@x.example" } },
};

it("has the person's address, the service's for its managers, the role's for the rest", () => {
  const sami = { role: "scheduler", person: PersonId.parse("sami") } as const;
  const manager = { role: "provider-user", service: ServiceId.parse("sandford") } as const;
  expect(addresseeIn(book, sami)?.address).toBe("sami@x.example");
  expect(addresseeIn(book, manager)?.address).toBe("inspection@sandford.example");
  expect(addresseeIn(book, { role: "scheduler" })?.address).toBe("desk@x.example");
});

it("has nobody's address in another's place", () => {
  const nobody = PersonId.parse("nobody");
  expect(addresseeIn(book, { role: "scheduler", person: nobody })).toBeUndefined();
  expect(addresseeIn(book, { role: "auditor" })).toBeUndefined();
});

it("has each office's own address, the service's for an office without one, a body's by its name", () => {
  const service = ServiceId.parse("sandford");
  const to = (office?: string, body?: string) =>
    addressedIn(book, { service, ...(office && { office }), place: 1 }, body)?.address;
  expect(to("board-chair")).toBe("chair@board.example");
  expect(to("service-manager")).toBe("inspection@sandford.example");
  expect(to(undefined, "Ministry of Justice")).toBe("press@moj.example");
  expect(to(undefined, "A body that the book does not have")).toBeUndefined();
});
