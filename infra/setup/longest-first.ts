/** Begins with the files that take longest, so that no worker waits for the last of them alone. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

const longest = [
  "infra/services/disturbed.live.test.ts",
  "infra/faults/faults.live.test.ts",
  "infra/embedded/killed.live.test.ts",
  "infra/embedded/fuzz.live.test.ts",
  "infra/services/sealed.live.test.ts",
  "services/console/fixtures/looks.page.test.ts",
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((path) => moduleId.endsWith(path));
  return place < 0 ? longest.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
