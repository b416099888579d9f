/** Reads the timetables of facts that knew three requests by name. */
type Data = { readonly [key: string]: unknown };

export const requestsByName = ({ timetable, ...data }: Data): Data => {
  const { caseList, evidence, contextualData, ...days } = timetable as Data;
  return {
    ...data,
    timetable: {
      ...days,
      requests: {
        "case-list": caseList,
        "evidence-in-advance": evidence,
        "contextual-data": contextualData,
      },
    },
  };
};
