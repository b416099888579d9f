/** What every key store keeps to, whatever it keeps its keys in. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { type KeptKeys, type KeyState, type KeyStore } from "../key-store.ts";
import { type MasterKey, newMasterKey } from "../master-key.ts";

export type KeyStage = {
  /** Again and again over the same keys, as processes do. */
  readonly open: (master: MasterKey) => Promise<KeptKeys>;
  /** Every byte that is kept. */
  readonly bytes: () => Buffer;
  readonly remove: () => Promise<void>;
};

const at = "2026-01-02T03:04:05.678Z";
const words = "a-2020.words.c0001";
const others = ["a-2020.words.c0002", "a-2020.list.c0001", "a-2020", "/programme-cycle-4"];
const owners = [words, ...others];

export const keyStoreContract = (name: string, stage: () => Promise<KeyStage>): void => {
  describe(name, () => {
    let staged: KeyStage;
    const stages: KeyStage[] = [];
    let master: MasterKey;
    let keys: KeptKeys;
    const opened: KeyStore[] = [];

    const open = async (by = master): Promise<KeptKeys> => {
      const store = await staged.open(by);
      opened.push(store);
      return store;
    };

    const another = async (): Promise<KeyStage> => {
      const made = await stage();
      stages.push(made);
      return made;
    };

    beforeEach(async () => {
      staged = await another();
      master = newMasterKey();
      keys = await open();
    });
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.close();
      for (const each of stages.splice(0)) await each.remove();
    });

    it("makes a key once, another for each, and has it again after a restart", async () => {
      expect(await keys.find(owners)).toEqual(new Map());
      const made = await keys.findOrMake(owners);
      expect(new Set([...made.values()].map(hex)).size).toBe(owners.length);
      expect(await keys.findOrMake(owners)).toEqual(made);
      await keys.close();
      expect(await (await open()).find(owners)).toEqual(made);
    });

    it("gives all who ask at once the same keys", async () => {
      const many = await Promise.all([1, 2, 3].map(() => open()));
      const [first, ...rest] = await Promise.all(many.map((each) => each.findOrMake(owners)));
      for (const each of rest) expect(each).toEqual(first);
    });

    it("destroys one key for everybody, and never makes it again", async () => {
      const other = await open();
      const made = await keys.findOrMake(owners);
      expect(await other.find(owners)).toEqual(made);
      await keys.destroy({ owners: [{ one: words }], at });
      for (const store of [keys, other, await open()]) {
        const found = await store.findOrMake(owners);
        expect(found.get(words)).toBe("destroyed");
        for (const owner of others) expect(found.get(owner)).toEqual(made.get(owner));
      }
      await other.destroy({ owners: [{ one: words }], at });
      expect((await keys.find([words])).get(words)).toBe("destroyed");
    });

    it("leaves nothing of a destroyed key in what is kept", async () => {
      await keys.findOrMake(owners);
      const row = (await keys.rows()).find(({ owner }) => owner === words)!;
      const wrapped = Buffer.from(row.wrapped!);
      const isKept = (): boolean => {
        const bytes = staged.bytes();
        return bytes.includes(wrapped) || bytes.includes(wrapped.toString("base64"));
      };
      expect(isKept()).toBe(true);
      await keys.destroy({ owners: [{ one: words }], at });
      expect(isKept()).toBe(false);
    });

    it("destroys a kind of keys, those that somebody would make later too", async () => {
      const other = await open();
      const made = await other.findOrMake(owners);
      await keys.destroy({ owners: [{ all: "a-2020.words." }], at });
      const found = await other.findOrMake([...owners, "a-2020.words.c0003"]);
      for (const id of ["c0001", "c0002", "c0003"])
        expect(found.get(`a-2020.words.${id}`)).toBe("destroyed");
      expect(found.get("a-2020.list.c0001")).toEqual(made.get("a-2020.list.c0001"));
      expect(found.get("a-2020")).toEqual(made.get("a-2020"));
    });

    it("makes no key that lives on, when its kind is destroyed at the same moment", async () => {
      const other = await open();
      const late = Array.from({ length: 30 }, (_, index) => `a-2020.words.c${1000 + index}`);
      await Promise.all([
        ...late.map((owner) => other.findOrMake([owner])),
        keys.destroy({ owners: [{ all: "a-2020.words." }], at }),
      ]);
      for (const store of [keys, other, await open()])
        expect([...(await store.findOrMake(late)).values()]).toEqual(late.map(() => "destroyed"));
    });

    it("keeps no key that is destroyed while it is read among many, and misses none", async () => {
      const other = await open();
      const ids = Array.from({ length: 1_500 }, (_, index) => `b-2020.words.c${1000 + index}`);
      await keys.findOrMake(ids);
      for (const gone of ids.slice(0, 3)) {
        const first = [gone, ...ids.filter((id) => id !== gone)];
        const reading = other.find(first);
        await keys.destroy({ owners: [{ one: gone }], at });
        // Another caller hears of it while the first still reads.
        expect((await other.find([gone])).get(gone)).toBe("destroyed");
        expect((await reading).size).toBe(ids.length);
        expect((await other.find([gone])).get(gone)).toBe("destroyed");
      }
    });

    it("takes back keys that were lost, and none that was destroyed", async () => {
      const made = await keys.findOrMake(owners);
      const copy = await keys.rows();
      expect(await keys.merge(copy)).toBe(0);
      await keys.destroy({ owners: [{ one: words }], at });
      const later = await keys.rows();
      expect(await keys.merge(copy)).toBe(0);
      expect((await keys.find([words])).get(words)).toBe("destroyed");

      const lost = await (await another()).open(master);
      opened.push(lost);
      expect(await lost.merge(later)).toBe(others.length);
      const found = await lost.find(owners);
      expect(found.get(words)).toBe("destroyed");
      for (const owner of others) expect(found.get(owner)).toEqual(made.get(owner));
    });

    it("is wrapped anew, and then opens with the new key alone", async () => {
      const made = await keys.findOrMake(owners);
      const next = newMasterKey();
      expect(await keys.rewrap(master, next)).toBe(owners.length);
      expect(await keys.find(owners)).toEqual(made);
      expect(await (await open(next)).find(owners)).toEqual(made);
      await expect(open()).rejects.toThrow(
        new RegExp(`wrapped by .*${next.id}.*${master.id}`, "s"),
      );
      expect(await keys.rewrap(master, next)).toBe(0);
    });

    it("says that it is closed", async () => {
      await keys.close();
      await expect(keys.find(owners)).rejects.toMatchObject({ code: "closed", retry: false });
    });
  });
};

const hex = (key: KeyState): string => (key === "destroyed" ? key : key.toString("hex"));
