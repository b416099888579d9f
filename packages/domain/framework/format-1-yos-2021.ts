/**
 * The framework from July 2021: 3.4 became out-of-court disposal policy and provision, judged by
 * people; 4.1, resettlement, is rated where a relevant case exists and not scored. Still 0 to 36.
 */
import type { Day } from "../kernel/instants.ts";
import { defaultRuleset } from "./format-1-rules-1.ts";
import type { FrameworkVersion, PeopleStandard } from "./format-1-document.ts";
import { organisationalDelivery } from "./yos-domain-one.ts";
import { outOfCourtDisposals } from "./yos-domain-three.ts";
import { courtDisposals } from "./yos-domain-two.ts";

const policyAndProvision: PeopleStandard = {
  code: "3.4",
  domain: 3,
  label: "Out-of-court disposal policy and provision",
  scored: true,
  judged: "by-people",
  keyQuestions: [
    { code: "3.4.1", name: "policy", label: "Policy on out-of-court disposals" },
    { code: "3.4.2", name: "provision", label: "Provision of out-of-court disposals" },
    { code: "3.4.3", name: "review", label: "Review of policy and provision" },
  ],
};

const resettlement: PeopleStandard = {
  code: "4.1",
  domain: 4,
  label: "Resettlement policy and provision",
  scored: false,
  judged: "by-people",
  appliesWhere: {
    label: "A child in custody or released from it",
    disposals: ["detention-and-training-order", "section-250", "other-custody"],
  },
  keyQuestions: [
    { code: "4.1.1", name: "policy", label: "Policy on resettlement" },
    { code: "4.1.2", name: "provision", label: "Provision of resettlement" },
    { code: "4.1.3", name: "review", label: "Review of policy and provision" },
  ],
};

export const yos2021: FrameworkVersion = {
  id: "yos-2021",
  from: "2021-07-01" as Day,
  label: "Youth offending services, July 2021",
  domains: [
    { number: 1, label: "Organisational delivery" },
    { number: 2, label: "Court disposals" },
    { number: 3, label: "Out-of-court disposals" },
    { number: 4, label: "Resettlement" },
  ],
  standards: [
    ...organisationalDelivery,
    ...courtDisposals,
    ...outOfCourtDisposals.filter(({ code }) => code !== "3.4"),
    policyAndProvision,
    resettlement,
  ],
  ruleset: defaultRuleset,
};
