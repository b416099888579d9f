/** Frameworks of other inspectorates, as tests of generality: people grade, no case is drawn. */
import type { Framework } from "@assay/domain/framework/document.ts";
import type { Scale } from "@assay/domain/framework/scale.ts";
import type { Standard } from "@assay/domain/framework/standard.ts";
import { youthJustice2025 } from "@assay/domain/framework/shipped.ts";
import { Day } from "@assay/domain/kernel/instants.ts";

const { discretion: _, timetable, ...ruleset } = youthJustice2025.ruleset;
const { sample: __, ...days } = timetable;

type Own = Pick<Framework, "id" | "label" | "words" | "scales" | "standards" | "overall"> &
  Partial<Pick<Framework, "domains">>;

/** What the framework is about, with one request, one letter and one chapter before its domain. */
export const framework = (own: Own): Framework => ({
  format: 2,
  from: Day.parse("2020-01-01"),
  language: "en-GB",
  authority: { name: "The inspectorate", office: "Chief Inspector" },
  provisional: [],
  kinds: [{ id: "full", label: "Full inspection", fieldworkWeeks: 1 }],
  caseBands: {},
  columns: [],
  caseFacts: [],
  caseTallies: [],
  populations: [],
  domains: [{ number: 1, label: "What was inspected" }],
  ruleset: { ...ruleset, id: `${own.id}-rules`, timetable: days },
  requests: [
    {
      id: "self-evaluation",
      label: "Self-evaluation",
      due: { from: "announcement", workingDays: 5 },
    },
  ],
  letter: {
    subject: "Inspection of {service}",
    opening: ["Dear {name},", "Please send your self-evaluation by {self-evaluation}."],
    offices: [{ id: "head", label: "Head", paragraphs: ["We look forward to meeting you."] }],
    closing: ["The report is planned for {publication}."],
  },
  evidenceKinds: [{ id: "observation", label: "Observation" }],
  surveys: [],
  partners: [],
  report: {
    title: `Inspection: ${own.label}`,
    sections: [{ id: "summary", label: "Summary", required: true }],
    methodology: [],
  },
  ...own,
});

export const words = (service: string, services: string, person: string, persons: string) => ({
  service: { one: service, many: services },
  case: { one: "record", many: "records" },
  person: { one: person, many: persons },
  worker: { one: "member of staff", many: "members of staff" },
});

/** The lowest grade first, with rising points from `least`. */
export const scale = (id: string, labels: readonly string[], least = 0): Scale => ({
  id,
  label: id,
  grades: labels.map((label, at) => ({ label, points: at + least, short: `${at + 1}` })),
});

/** Graded as a whole by people. */
export const whole = (code: string, label: string, on: string): Standard => ({
  code,
  domain: 1,
  label,
  scale: on,
  scored: false,
  judged: "by-people",
  keyQuestions: [{ code: `${code}.1`, name: "evidence", label, judged: "by-people" }],
});

const graded = (code: string, labels: readonly string[], on: string) =>
  labels.map((label, at) => ({
    code: `${code}.${at + 1}`,
    name: `question${at + 1}`,
    label,
    judged: "by-people" as const,
    scale: on,
  }));

export const prisons = framework({
  id: "prisons",
  label: "Prisons",
  words: words("prison", "prisons", "prisoner", "prisoners"),
  scales: [scale("outcomes", ["poor", "not sufficiently good", "reasonably good", "good"], 1)],
  standards: ["Safety", "Respect", "Purposeful activity", "Preparation for release"].map(
    (label, at) => whole(`T${at + 1}`, label, "outcomes"),
  ),
});

const four = ["inadequate", "requires improvement to be good", "good", "outstanding"];

/** Whatever people decide on the whole, it is inadequate where children are not protected. */
export const childrensServices = framework({
  id: "childrens-services",
  label: "Local authority children’s services",
  words: words("local authority", "local authorities", "child", "children"),
  scales: [scale("judgements", four)],
  standards: ["Help and protection", "Children in care", "Care leavers", "Leaders"].map(
    (label, at) => ({ ...whole(`J${at + 1}`, label, "judgements"), scored: true }),
  ),
  overall: {
    scale: "judgements",
    of: "standards",
    combine: { by: "people" },
    limits: [{ where: [{ grades: ["inadequate"], of: ["J1", "J2"] }], atMost: "inadequate" }],
    unrated: "withhold",
  },
});

export const schools = framework({
  id: "schools",
  label: "Schools",
  words: words("school", "schools", "pupil", "pupils"),
  scales: [
    scale("points", [
      "urgent improvement",
      "needs attention",
      "expected standard",
      "strong",
      "exceptional",
    ]),
    scale("safeguarding", ["not met", "met"]),
  ],
  standards: [
    ...["Inclusion", "Teaching", "Achievement", "Attendance", "Wellbeing", "Leadership"].map(
      (label, at) => whole(`A${at + 1}`, label, "points"),
    ),
    whole("SG", "Safeguarding", "safeguarding"),
  ],
});

const ratings = ["inadequate", "requires improvement", "good", "outstanding"];
const [inadequate, improvement, good, outstanding] = ratings as [string, string, string, string];

const careQuestions = [
  "Risks are known and kept small",
  "Care is planned with people",
  "Staff learn from mistakes",
  "People get care in time",
];

/** Statements are scored; a low score limits the key question, whatever the others are. */
export const care = framework({
  id: "health-and-care",
  label: "Health and adult social care",
  words: words("provider", "providers", "service user", "service users"),
  scales: [scale("ratings", ratings), scale("scores", ["1", "2", "3", "4"], 1)],
  standards: ["Safe", "Effective", "Caring", "Responsive", "Well-led"].map((label, at) => ({
    code: `K${at + 1}`,
    domain: 1,
    label,
    scale: "ratings",
    scored: true,
    judged: "by-questions",
    combine: {
      by: "share-of-points",
      rounding: "half-up",
      bands: { [inadequate]: 0, [improvement]: 39, [good]: 63, [outstanding]: 88 },
    },
    limits: [
      { where: [{ grades: ["1"] }], atMost: improvement },
      { where: [{ grades: ["1", "2"] }], atMost: good },
    ],
    keyQuestions: graded(`K${at + 1}`, careQuestions, "scores"),
  })),
  overall: {
    scale: "ratings",
    of: "standards",
    combine: {
      by: "first-rule",
      rules: [
        { grade: inadequate, where: [{ grades: [inadequate], atLeast: 2 }] },
        { grade: improvement, where: [{ grades: [improvement], atLeast: 2 }] },
        {
          grade: outstanding,
          where: [
            { grades: [outstanding], atLeast: 2 },
            { grades: [inadequate, improvement], atMost: 0 },
          ],
        },
      ],
      otherwise: good,
    },
    unrated: "withhold",
  },
});

export const careServices = framework({
  id: "care-services",
  label: "Care services",
  words: words("care service", "care services", "resident", "residents"),
  scales: [
    scale("grades", ["unsatisfactory", "weak", "adequate", "good", "very good", "excellent"], 1),
  ],
  standards: ["Wellbeing", "Leadership", "Staff", "Setting"].map((label, at) => ({
    code: `Q${at + 1}`,
    domain: 1,
    label,
    scale: "grades",
    scored: false,
    judged: "by-questions",
    combine: { by: "lowest" },
    keyQuestions: graded(`Q${at + 1}`, ["First indicator", "Second indicator"], "grades"),
  })),
});

export const police = framework({
  id: "police",
  label: "Police forces",
  words: words("police force", "police forces", "member of the public", "members of the public"),
  scales: [
    scale("judgements", ["inadequate", "requires improvement", "adequate", "good", "outstanding"]),
  ],
  standards: ["Crime recording", "Powers", "Prevention", "Response", "Investigating"].map(
    (label, at) => whole(`C${at + 1}`, label, "judgements"),
  ),
});

const collegeGrades = ["inadequate", "requires improvement", "good", "outstanding"];

/** People grade one domain as a whole, within a limit; the other is its worst standard. */
export const colleges = framework({
  id: "colleges",
  label: "Colleges",
  words: words("college", "colleges", "learner", "learners"),
  scales: [scale("grades", collegeGrades)],
  domains: [
    {
      number: 1,
      label: "Learning",
      rating: {
        scale: "grades",
        combine: { by: "people" },
        limits: [{ where: [{ grades: ["inadequate"] }], atMost: "requires improvement" }],
      },
    },
    { number: 2, label: "Running it", rating: { scale: "grades", combine: { by: "lowest" } } },
  ],
  standards: [
    whole("L1", "Teaching", "grades"),
    whole("L2", "Results", "grades"),
    { ...whole("M1", "Leadership", "grades"), domain: 2 },
    { ...whole("M2", "Money", "grades"), domain: 2 },
  ],
  overall: { scale: "grades", of: "domains", combine: { by: "lowest" }, unrated: "withhold" },
});
