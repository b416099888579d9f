/** At which field of a form a refusal stands, where it is about what one of them says. */
import type { z } from "zod";

import type { AnyCommand } from "../sending.ts";
import type { Reason } from "./refusals.ts";
import type { Refusal } from "./refusals-beyond.ts";

type PathIn<Value> = Value extends readonly (infer Each)[]
  ? Each extends object
    ? `*.${PathIn<Each>}`
    : never
  : Value extends object
    ? {
        [Key in keyof Value & string]: Key | `${Key}.${PathIn<NonNullable<Value[Key]>>}`;
      }[keyof Value & string]
    : never;

type Command = z.input<typeof AnyCommand>;
type Path = Command extends infer Each ? (Each extends Command ? PathIn<Each> : never) : never;

/** The fields that it may be about; `of` names the part of the refusal that the field repeats. */
type About = { readonly fields: readonly Path[]; readonly of?: string };

const about: Readonly<Partial<Record<Reason, About>>> = {
  AgainstTheVote: { fields: ["to", "rating"] },
  AlreadyTheChair: { fields: ["to"] },
  AnswerNamesSomebody: { fields: ["answer"] },
  ChairNotAMember: { fields: ["chair"] },
  CommentTouchesMore: { fields: ["standards"] },
  ConflictOfInterest: { fields: ["to", "person", "markers"], of: "person" },
  DayNotPlausible: {
    fields: ["fieldwork.start", "fieldwork.end", "period.first", "period.last", "publishAt"],
    of: "day",
  },
  BeforeTheFramework: { fields: ["fieldwork.start", "placement.start", "framework"] },
  DatesOutOfOrder: { fields: ["fieldwork.end", "placement.end"] },
  FileNotAcceptable: { fields: ["digest"] },
  HomeServiceNeeded: { fields: ["team.*.person"], of: "person" },
  MoreRespondedThanInvited: { fields: ["responded"] },
  NamedTwice: { fields: ["team.*.person", "members", "programme"], of: "person" },
  NotAMember: { fields: ["present", "member", "to"] },
  NotAWorkingDay: { fields: ["fieldwork.start", "fieldwork.end", "placement.start"], of: "day" },
  NothingToCorrect: { fields: ["standards"] },
  NotMoved: { fields: ["to"] },
  NotOnTheTeam: { fields: ["to", "with", "person"], of: "person" },
  NotTheDeputy: { fields: ["to"] },
  NotYourself: { fields: ["person"] },
  OutsideTheProgramme: { fields: ["period.first", "period.last", "placement.start"], of: "day" },
  OwnService: { fields: ["to", "team.*.person"], of: "person" },
  PublicationInThePast: { fields: ["publishAt"] },
  RationaleRequired: { fields: ["rationale"] },
  ReasonRequired: { fields: ["reason"] },
  RecommendationsWithoutAction: { fields: ["actions.*.action"] },
  Recused: { fields: ["present", "to"] },
  ScopeContradictsFramework: { fields: ["scope.notDue.*.reason"] },
  SealDoesNotMatch: { fields: ["nonce", "rating"] },
  SecondMarkerJudgedFirst: { fields: ["to"] },
  TeamNeedsOneLead: { fields: ["team.*.person"] },
  TiedToTheService: { fields: ["team.*.person"], of: "person" },
  TooFarMoved: { fields: ["to"] },
  TooFewForQuorum: { fields: ["members", "present"] },
  UnknownEvidence: { fields: ["evidence"] },
  UnrelatedEvidence: { fields: ["evidence"] },
  WorkedOnTheInspection: { fields: ["members", "to"] },
};

/** Undefined where it is about no field of these. */
export const fieldOfRefusal = (
  refusal: Refusal,
  names: readonly string[],
  typed: { readonly value: (name: string) => string },
): string | undefined => {
  const found = (about as Readonly<Record<string, About | undefined>>)[refusal.reason];
  if (!found) return undefined;
  const fitting = found.fields.flatMap((path) => {
    const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("*", "\\d+")}$`);
    return names.filter((name) => pattern.test(name));
  });
  const said = found.of === undefined ? undefined : String(refusal[found.of]);
  return fitting.find((name) => said !== undefined && repeats(typed, name, said)) ?? fitting[0];
};

const repeats = (
  typed: { readonly value: (name: string) => string },
  name: string,
  said: string,
): boolean => {
  const [year, month, day] = ["year", "month", "day"].map((part) => typed.value(`${name}-${part}`));
  const date = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  return typed.value(name) === said || date === said;
};
