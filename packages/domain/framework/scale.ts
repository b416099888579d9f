/**
 * Scales of grades, as data. A grade is known by its label; its place in the scale is its band, the
 * lowest first.
 */
import { z } from "zod";

/** A grade's label, such as "Good". */
export const Rating = z.string().trim().min(1).max(60);
export type Rating = z.infer<typeof Rating>;

export const Grade = z.strictObject({
  label: Rating,
  /** What the grade counts in a sum, a mean or a share of points. */
  points: z.int().min(0).max(100),
  /** Stands for the label where there is little room: at most four characters. */
  short: z.string().trim().min(1).max(4),
});

/** Two to seven grades, the lowest first; `met` and `not met` are a scale of two. */
export const Scale = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "small letters, digits and hyphens"),
  label: z.string().trim().min(1).max(200),
  grades: z.array(Grade).min(2).max(7).readonly(),
});
export type Scale = z.infer<typeof Scale>;

/** The lowest value of each grade's band, by label; rising from 0 with the grades. */
export const Floors = z.record(Rating, z.number().min(0).max(10_000));
export type Floors = Readonly<Record<string, number>>;

/** The labels, the lowest first. */
export const gradesOf = ({ grades }: Scale): readonly Rating[] => grades.map(({ label }) => label);

/** The grade's place, the lowest being 0; -1 where the scale has no such grade. */
export const placeOf = ({ grades }: Scale, rating: Rating): number =>
  grades.findIndex(({ label }) => label === rating);

/** The grade's points; undefined where the scale has no such grade. */
export const pointsOf = ({ grades }: Scale, rating: Rating): number | undefined =>
  grades.find(({ label }) => label === rating)?.points;

/** The most points that one grade of the scale gives. */
export const mostPoints = ({ grades }: Scale): number =>
  Math.max(...grades.map(({ points }) => points));
