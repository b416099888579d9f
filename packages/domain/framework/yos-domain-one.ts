/** Domain one, organisational delivery: what people judge from evidence. Labels are ours. */
import type { PeopleStandard } from "./format-1-document.ts";

export const organisationalDelivery: readonly PeopleStandard[] = [
  {
    code: "1.1",
    domain: 1,
    label: "Governance and leadership",
    scored: true,
    judged: "by-people",
    keyQuestions: [
      { code: "1.1.1", name: "vision", label: "Vision and strategy" },
      { code: "1.1.2", name: "partnership", label: "Partnership arrangements" },
      { code: "1.1.3", name: "leadership", label: "Leadership" },
    ],
  },
  {
    code: "1.2",
    domain: 1,
    label: "Staff",
    scored: true,
    judged: "by-people",
    keyQuestions: [
      { code: "1.2.1", name: "staffing", label: "Staffing and workload" },
      { code: "1.2.2", name: "skills", label: "Skills" },
      { code: "1.2.3", name: "oversight", label: "Oversight" },
      { code: "1.2.4", name: "learning", label: "Learning and development" },
    ],
  },
  {
    code: "1.3",
    domain: 1,
    label: "Partnerships and services",
    scored: true,
    judged: "by-people",
    keyQuestions: [
      { code: "1.3.1", name: "profile", label: "Profile of the children" },
      { code: "1.3.2", name: "services", label: "Volume, range and quality of services" },
      { code: "1.3.3", name: "partners", label: "Arrangements with partners" },
    ],
  },
  {
    code: "1.4",
    domain: 1,
    label: "Information and facilities",
    scored: true,
    judged: "by-people",
    keyQuestions: [
      { code: "1.4.1", name: "policies", label: "Policies and guidance" },
      { code: "1.4.2", name: "environment", label: "Delivery environment" },
      { code: "1.4.3", name: "technology", label: "Information and communication technology" },
      { code: "1.4.4", name: "evidence", label: "Analysis, evidence and learning" },
    ],
  },
];
