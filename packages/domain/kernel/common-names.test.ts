import { expect, it } from "vitest";

import { identifyingIn, nameLikeIn } from "./identifying.ts";

const listed = (list: string): readonly string[] =>
  list
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

const noNames = listed(`
  Tower Hamlets
  Milton Keynes
  Greater Manchester
  West Midlands
  South Tyneside
  North Yorkshire
  East Riding
  Blackburn with Darwen Borough Council
  Kingston upon Hull City Council
  Royal Borough of Kensington and Chelsea
  Hampshire County Council
  Rhondda Cynon Taf County Borough
  Old Bailey
  Crown Court
  Snaresbrook Crown Court
  Teesside Magistrates Court
  Youth Court
  Court of Appeal
  Referral Order
  Youth Rehabilitation Order
  Detention and Training Order
  Youth Conditional Caution
  Community Resolution
  Intensive Supervision and Surveillance
  Outcome Twenty Two
  Out of Court Disposal
  Turnaround Programme
  Supporting Families
  Early Help
  Safer Streets
  Violence Reduction Unit
  Liaison and Diversion
  Child First
  County Lines
  Stop and Search
  Prevent Duty
  Pupil Premium
  Signs of Safety
  Youth Justice Board
  Crown Prosecution Service
  Home Office
  Ministry of Justice
  Public Health Wales
  Black Caribbean
  Irish Traveller
  Senior Manager
  Director of Children
  Speech and Language Therapy
  Nene Park
  Broadwater Farm
`);

const names = listed(`
  Jamie Smith
  Sam Park
  Alex Green
  Harry Wood
  Grace Okonkwo
  Mohammed Khan
  Fatima Begum
  Linh Nguyen
  Zofia Kowalska
  Oluwaseun Adeyemi
  Siobhan Murphy
  Tomasz Nowak
  Rhys Evans
  Ellie Young
  Sarah White
  Daniel Field
  Precious Moyo
  Xhoana Hoxha
  Priya Patel
  Kofi Mensah
  Ruby Hill
  John West
  Mary North
  David London
  Police Constable Smith
  Deputy Director Jones
`);

it.each(noNames)("knows for no name of a person: %s", (words) => {
  expect(nameLikeIn(`We saw the work of ${words} in detail.`)).toEqual([]);
});

it.each(names)("finds the name of a person: %s", (words) => {
  expect(nameLikeIn(`We saw the work of ${words} in detail.`)).toEqual([words]);
});

it.each([
  ["Call 07700 900123 for help.", "phone number"],
  ["Call 020 7946 0018 for help.", "phone number"],
  ["Write to jamie.smith@mail.example now.", "e-mail address"],
  ["They live at PE1 1AA now.", "postcode"],
])("finds what leads to somebody: %s", (text, kind) => {
  expect(identifyingIn(text).map((each) => each.kind)).toEqual([kind]);
});

it.each(["Call 0800 1111 for help.", "Call 0300 123 1231 for help."])(
  "leaves the numbers of public services alone: %s",
  (text) => expect(identifyingIn(text)).toEqual([]),
);
