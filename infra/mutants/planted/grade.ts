/** Something to try the tool on: its test looks at the first word and not at the second. */
export const gradeOf = (points: number): string => (points >= 10 ? "well done" : "not enough");
