/** The framework of youth offending services from 2018: twelve standards, all scored, 0 to 36. */
import type { Day } from "../kernel/instants.ts";
import { defaultRuleset } from "./format-1-rules-1.ts";
import type { FrameworkVersion } from "./format-1-document.ts";
import { outOfCourtDisposals } from "./yos-domain-three.ts";
import { courtDisposals } from "./yos-domain-two.ts";
import { organisationalDelivery } from "./yos-domain-one.ts";

export const yos2018: FrameworkVersion = {
  id: "yos-2018",
  from: "2018-06-01" as Day,
  label: "Youth offending services, 2018",
  domains: [
    { number: 1, label: "Organisational delivery" },
    { number: 2, label: "Court disposals" },
    { number: 3, label: "Out-of-court disposals" },
  ],
  standards: [...organisationalDelivery, ...courtDisposals, ...outOfCourtDisposals],
  ruleset: defaultRuleset,
};
