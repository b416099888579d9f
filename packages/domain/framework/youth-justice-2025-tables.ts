/** The tables of figures that a report on a youth justice service has. */
import type { Framework } from "./document.ts";

export const youthJusticeTables: NonNullable<Framework["report"]["tables"]> = [
  {
    id: "caseload",
    label: "Children and victims that the service works with",
    unit: "people",
    rows: [
      "Children with an order of a court",
      "Children dealt with out of court",
      "Children on bail or on remand",
      "Children in custody or resettled after it",
      "Victims who were offered help",
      "Victims who took it up",
    ],
  },
  {
    id: "demographics",
    label: "Who the children are",
    unit: "%",
    rows: [
      "Girls",
      "Boys",
      "Aged 10 to 14",
      "Aged 15 and over",
      "Black, Asian or other minorities",
    ],
  },
  {
    id: "staffing",
    label: "Staff",
    unit: "people",
    rows: ["Staff in post", "Posts that are vacant", "Mean caseload of a case manager"],
  },
  {
    id: "offences",
    label: "Kinds of offence",
    unit: "%",
    rows: ["Violence", "Theft and handling", "Drugs", "Motoring", "Other offences"],
  },
];
