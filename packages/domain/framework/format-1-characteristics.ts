/**
 * Ratings characteristics of the standards that people judge, as data: what a service at each
 * rating looks like. They guide a proposal and decide nothing; the words are ours.
 */
import type { Rating } from "./format-1-ruleset.ts";

export type Characteristics = Readonly<Record<Rating, string>>;

const of = (
  outstanding: string,
  good: string,
  improvement: string,
  inadequate: string,
): Characteristics => ({
  Outstanding: outstanding,
  Good: good,
  "Requires improvement": improvement,
  Inadequate: inadequate,
});

const characteristics: Readonly<Record<string, Characteristics>> = {
  "1.1": of(
    "The board sets a direction that everyone can name, is well informed, challenges itself and " +
      "its partners, and can show what has changed for children because of it.",
    "There is a clear vision that partners share; the board meets with the right people, knows " +
      "how the service performs, and acts on what it learns.",
    "There is a vision, but partners own it unevenly; attendance or information falls short, and " +
      "decisions are not always followed through.",
    "Direction is missing or not acted upon; the board does not know the service well enough to " +
      "hold anybody to account, and risks go unmanaged.",
  ),
  "1.2": of(
    "Enough skilled people for the children there are, managed so well that practice keeps " +
      "improving; learning is planned, shared and seen in the work.",
    "Workloads let people do good work; skills fit the children; oversight is regular and " +
      "improves practice; learning needs are known and met.",
    "Staffing or skills are stretched in places; oversight happens but does not reliably improve " +
      "the work; learning depends on the individual.",
    "Too few or too little prepared people for the work; oversight misses risks; nobody makes " +
      "sure that people learn what they need.",
  ),
  "1.3": of(
    "The needs of the children are known in depth and by group; services of every kind that they " +
      "need are there at once, and partners change what they offer when needs change.",
    "The profile of the children is up to date and used; the services that most of them need are " +
      "available and of good quality; partners work to agreed arrangements.",
    "The profile is partial or little used; some services are missing or slow; arrangements with " +
      "partners exist but do not always work.",
    "Needs are not understood; children wait for, or go without, what would help them; partners " +
      "are not held to what was agreed.",
  ),
  "1.4": of(
    "Policies, places and systems actively help good work; analysis is wide and honest, and what " +
      "is learnt changes practice and is checked afterwards.",
    "Policies are clear and used; places are safe and accessible; systems let people record and " +
      "share what they need; performance is analysed and acted upon.",
    "Policies or systems get in the way at times; places do not suit all children; analysis is " +
      "done without much following from it.",
    "People work without guidance or information they need; places are not safe or accessible; " +
      "little is known about what works.",
  ),
  "3.4": of(
    "Policy and provision out of court are ambitious, evaluated with partners and children, and " +
      "keep children out of the system where that is right.",
    "There is a shared, evidence-based policy; decisions are joint and timely; provision meets " +
      "most needs and is reviewed.",
    "There is a policy, but eligibility or decisions vary; provision has gaps; review is " +
      "irregular.",
    "There is no policy that partners follow; decisions are late or inconsistent; provision is " +
      "poor and nobody reviews it.",
  ),
  "4.1": of(
    "Resettlement is planned from the first day in custody, with every partner committed; " +
      "accommodation, education and health are in place before release, and results are studied.",
    "There is a resettlement policy that works in practice: plans begin early, partners deliver, " +
      "and the pathways that children need are available.",
    "Policy exists but planning starts late or some pathways, such as accommodation, are often " +
      "missing.",
    "Children leave custody without what they need; responsibilities are unclear and nobody " +
      "learns from it.",
  ),
};

/** Undefined for a standard that is judged case by case. */
export const characteristicsOf = (standard: string): Characteristics | undefined =>
  characteristics[standard];
