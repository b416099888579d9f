/** The release of nats-server that is fetched where the distribution has none, with checksums. */

const version = "2.10.10";
const site = `https://github.com/nats-io/nats-server/releases/download/v${version}`;

/** SHA-256 of the archives most people need; others are checked against the release's own list. */
const digests: Readonly<Record<string, string>> = {
  "linux-amd64": "c8cd7e19b906a5f8a7f9f7e70fc4bfa492d66a069d9664c4db19fdee1b6aa640",
  "darwin-amd64": "5b6bfed8f75ecb2f6465b87334f4e757a66c32b6c5f802e964a080a3716ffffb",
  "darwin-arm64": "8af6cbd8f3f21bcec164d17bc879d3e7807cd98e1c7839ac668986a71c4e52c6",
};

const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

export type Release = {
  readonly url: string;
  readonly sumsUrl: string;
  readonly file: string;
  readonly digest: string | undefined;
};

/** `platform` and `arch` as Node names them. */
export const releaseFor = (platform: string, arch: string): Release => {
  const architecture = architectures[arch];
  if (architecture === undefined || !["linux", "darwin"].includes(platform))
    throw new Error(`there is no archive of nats-server to fetch for ${platform} on ${arch}`);
  const file = `nats-server-v${version}-${platform}-${architecture}.tar.gz`;
  return {
    url: `${site}/${file}`,
    sumsUrl: `${site}/SHA256SUMS`,
    file,
    digest: digests[`${platform}-${architecture}`],
  };
};
