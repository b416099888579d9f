/**
 * Which column of a file is which: headers in any order, by the names that services use for them.
 */
import { type Column, columns } from "./case-list.ts";
import { plain } from "./import-values.ts";

/** The header that the template gives each column. */
export const headers: Readonly<Record<Column, string>> = {
  ref: "Case reference",
  disposal: "Disposal type",
  disposalDay: "Disposal date",
  gender: "Gender",
  ageBand: "Age band",
  ethnicity: "Ethnicity",
  rosh: "RoSH",
  safety: "Safety and wellbeing",
  manager: "Case manager",
  child: "Child reference",
  restricted: "Restricted",
  workStarted: "Work started",
};

/** Other names, without spaces and punctuation. */
const synonyms: Readonly<Record<Column, string>> = {
  ref: "ref case caseref caseid caseno casenumber reference",
  disposal:
    "disposal sentence sentencetype order ordertype outcome sentenceordisposal disposalororder",
  disposalDay: "disposalday date dateofdisposal sentencedate dateofsentence sentenceordisposaldate",
  gender: "sex",
  ageBand: "age agegroup agerange",
  ethnicity: "ethnicgroup ethnicorigin ethnicbackground",
  rosh:
    "roshlevel roshclassification riskofseriousharm riskofseriousharmlevel riskofharm " +
    "riskofseriousharmrosh riskofseriousharmclassification",
  safety:
    "safety safetyclassification safetyandwellbeingclassification safetywellbeing " +
    "safetyandwellbeinglevel safetywellbeingclassification snw safetyandwellbeingconcerns",
  manager: "manager casemanagerref casemanagerreference officer caseholder allocatedworker worker",
  child: "child childref childid youngperson youngpersonid youngpersonref ypid ypref",
  restricted: "restrictedflag restrictedrecord isrestricted lao",
  workStarted: "workstartedflag workbegun workbegan started hasworkstarted workcommenced",
};

const columnByName: ReadonlyMap<string, Column> = new Map(
  columns.flatMap((column) =>
    [plain(column), plain(headers[column]), ...synonyms[column].split(" ")].map(
      (name) => [name, column] as const,
    ),
  ),
);

export const columnNamed = (header: string): Column | undefined => columnByName.get(plain(header));
