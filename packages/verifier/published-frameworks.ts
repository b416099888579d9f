/**
 * The framework versions that were ever published with Assay, by the digest of their document. A
 * bundle that names one of them and holds another document is a forgery. A document that is written
 * in another form has another digest: it is added here, and none is ever taken away.
 */
export const publishedFrameworks: readonly { readonly id: string; readonly digest: string }[] = [
  { id: "yos-2018", digest: "38cf9f9e831080bf0431019930d73cad27c1c1f2893e27ab599c6c89633d311d" },
  { id: "yos-2021", digest: "a3cc97fcb5ddd4d553a7cd7f51ccf3cde8fdde708d48edd962a428ecb512d39a" },
  {
    id: "youth-justice-2025",
    digest: "fac9972fe89360e67882e7ce7a4c28bc242aac1ad848de8e7b6188947513eca5",
  },
  {
    id: "youth-justice-2025",
    digest: "1bc477d893853f89689293d26a2267bd2e861f1e04ec8793f2848c705836085e",
  },
];
