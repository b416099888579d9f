/** What people read when something outside of Assay failed, and what to do about it. */
export const noRoom = {
  title: "The disk on which Assay keeps everything is full or cannot be written",
  lines: [
    "Nothing that was confirmed to you is lost.",
    "Whoever looks after Assay has to make room on the disk.",
    "Then send again what you sent: if it was recorded after all, it is not recorded twice.",
  ],
} as const;
