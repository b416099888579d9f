/** The letter of announcement under documents of format 1, and the offices that get one. */
/** `{field}` stands for a fact; `to` holds what is said to one office only. */
export const announcementLetter = {
  id: "announcement-letter/1",
  subject: "Inspection of {service}",
  opening: [
    "Dear {name},",
    "I am writing to tell you that {service} is to be inspected. Fieldwork is from " +
      "{fieldworkStart} to {fieldworkEnd}, under the framework “{framework}”. The lead inspector " +
      "is {lead}.",
    "Today, {referenceDate}, is the reference date: please give all figures on caseload and " +
      "staffing as they stand today.",
  ],
  to: {
    "service-manager": [
      "We ask three things of you. By {caseList}: the list of every eligible case, in the layout " +
        "of the template. By {evidence}: the documents that show how the service is led, staffed " +
        "and run. By {contextualData}: the staffing and budget figures. You send them, and see " +
        "what has arrived and what is still open, on your page of the inspection.",
    ],
    "board-chair": [
      "In fieldwork the inspectors will ask you to present how the board leads the partnership " +
        "and how it knows what difference the service makes to children.",
    ],
    "local-authority-chief-executive": [
      "Please make sure that the service has the time and the access to records that the " +
        "inspection needs.",
    ],
    "director-of-childrens-services": [
      "The inspectors will want to hear from the people in your department who work with the " +
        "same children.",
    ],
  },
  closing: [
    "Cases are drawn at random by {sample}. So that neither of us can steer the draw, we have " +
      "fixed our half of its seed today. Its fingerprint is {commitment}; we publish the number " +
      "itself after the draw, and anybody can then draw the same sample again.",
    "You hear our first findings on {feedback}. The draft report reaches the service by {draft} " +
      "for factual accuracy, and the report is planned to appear on {publication}.",
    "Yours sincerely,\nThe inspectorate",
  ],
} as const;

export const offices = [
  { id: "service-manager", label: "Service manager" },
  { id: "board-chair", label: "Chair of the management board" },
  { id: "local-authority-chief-executive", label: "Chief executive of the local authority" },
  { id: "director-of-childrens-services", label: "Director of children’s services" },
] as const;
