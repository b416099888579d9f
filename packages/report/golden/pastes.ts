/** What people paste and type, as programs leave it on the clipboard; made up throughout. */

/** By where it comes from. */
export const pastes: readonly (readonly [string, string])[] = [
  ["Word, bullets", "We:\r\n\uf0b7\tlistened\r\n\uf0a7\tplanned\r\no\tand asked\r\n"],
  ["Word, typography", "“Good\u00a0work” – the board\u2019s words\u2026 co\u00adoperate\u000bnext line"],
  ["Word, symbols", "Plan \uf0e0 review \uf0fc and \uf0fb; 37\u00b0, \u00bd of cases, \u00a3 4\u202f000"],
  ["Word, code page", "The board\u0092s \u0093plan\u0094 \u0096 in full"],
  ["Word, tracked table", "Measure\t2020\t2021\r\nCourt\t12\t14\r\nOut of court\t31\t29\r\n"],
  ["Excel, cells", "Caseload\t1,204\t=SUM(A1:A3)\t-4.5%\t#N/A\r\n+44\t@x\t\u2212 3\r\n"],
  ["Google Docs", "\ufeffStaff\u200b said:\n* item one\u000b  same item\n* item two\n\u2060"],
  ["PDF, ligatures", "the ﬁrst eﬀect of oﬀending, hyphen-\nated across\flines\n12\n"],
  ["PDF, columns", "Court          12      14\n   disposals   31      29\n\n\n\n"],
  ["web page", "<p class=\"x\">Good <b>work</b></p><script>alert(1)</script>&nbsp;&amp; more"],
  ["mail", "> On Monday we wrote:\n>> earlier words\n>>> earlier still\n\n-- \nThe team"],
  ["typesetter's own marks", "#let x = 1; $y$ @label <tag> // no comment /* none */ \\ ~ #set text()"],
  ["template marks", "{{ }} {{{ {% raw %} ${x} <%= y %> [[z]]"],
  ["right to left", "The name \u202eevil\u202c is עברית and اردو in one line"],
  ["joined emoji", "👩‍👩‍👧 and ❤️ and 🏴󠁧󠁢󠁷󠁬󠁳󠁿 and 👍🏽"],
  ["combining marks", `Z${"\u0301\u0323".repeat(40)}algo and e\u0301`],
  ["a control character", "before\u0000after"],
  ["half a character", "before \ud800 after"],
  ["a private character", "before \ue000 after"],
];

/** Markdown as it should not be. */
export const tortures: readonly (readonly [string, string])[] = [
  ["open marks", "**bold *both _three `code ~~gone [link](https://a.example \"t"],
  ["a fence that never ends", "```\nconst x = `y`;\n\n# no heading"],
  ["underlined headings", "Title\n===\n\nSub\n---\n\n***\n___\n"],
  ["references", "[a][b] and [b] and ![picture](x.png)\n\n[b]: https://b.example \"t\"\n"],
  ["links that run", "[x](javascript:alert(1)) [y](data:text/html,z) <https://c.example> [z](//d)"],
  ["a table with pipes", "| A | B |\n|---|:-:|\n| a \\| b | `c|d` |\n| only one |\n| 1 | 2 | 3 |"],
  ["a table of one column", "| A |\n|---|\n| x |"],
  ["a table in a list", "- | A | B |\n  |---|---|\n  | x | y |"],
  ["empty headings", "# \n\ntext\n\n## \n"],
  ["headings out of order", "###### six\n\n# one\n\n#### four\n"],
  ["tasks", "- [ ] open\n- [x] done\n1. one\n7. seven\n1) bracket"],
  ["sixty deep", `${"> ".repeat(60)}deep`],
  ["lists sixty deep", Array.from({ length: 60 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n")],
  ["footnotes in a circle", "One[^a] two[^b].\n\n[^a]: See[^b].\n[^b]: See[^a]."],
  ["a footnote without a text", "One[^nowhere]."],
  ["a footnote twice", "One[^a].\n\n[^a]: First.\n[^a]: Second."],
  ["an example without a title", "> [!EXAMPLE]\n> What was done."],
  ["an example in an example", "> [!EXAMPLE] One\n> > [!EXAMPLE] Two\n> > Done."],
  ["a quotation of nobody", "> words\n> — "],
  ["references that are none", "{{2.1.2}} {{percent}} {{2.1.2 percent percent}} {{9.9.9 count}}"],
  ["a run of marks", "*".repeat(900)],
  ["words without end", `${"a".repeat(17_000)} b`],
  ["nothing but space", " \n\t\n  "],
];

/** The bodies of four reports, each with what a report of its kind says. */
export const bodies: readonly (readonly [string, string])[] = [
  [
    "a small service",
    "### Strengths\n\n- The board meets each month and asks for {{2.1 rating}} work.\n" +
      "- Staff know every child.\n\n### Areas for improvement\n\n1. Plans for safety: " +
      "{{2.1.2 count}} cases were good enough.\n2. Victims are asked late.\n\n" +
      "> They came when they said they would.\n> — a child\n\n" +
      "> [!EXAMPLE] The same worker throughout\n> One worker stayed with each child for the order.",
  ],
  [
    "a large service",
    "Of the cases, {{2.1.2 percent}} were assessed well.[^s]\n\n" +
      "| Measure | Service | National |\n|---|---:|---:|\n| First entrants | 212 | 169 |\n" +
      "| Reoffending | 34% | 38% |\n\n[^s]: Survey of staff, autumn 2019.\n\n" +
      "#### Staffing\n\nCaseloads are *high*; **three** posts were empty.",
  ],
  [
    "a joint inspection",
    "Health, police and education inspectors took part.\n\n> We wait for months.\n> — a parent\n\n" +
      "- Police:\n  - share on the day\n  - miss some meetings\n- Health:\n  - one nurse\n\n" +
      "Alerts: one was raised and answered within a day.",
  ],
  [
    "a return visit",
    "We came back after a year. What we asked for then:\n\n1. **Train staff.** Done.\n" +
      "2. **Hear children.** Begun.\n\nInformation received after fieldwork did not change a rating.[^i]" +
      "\n\n[^i]: Letter of the board, with its [plan](https://service.example/plan).",
  ],
];
