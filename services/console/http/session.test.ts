import { Actor } from "@assay/domain/kernel/actor.ts";
import { openDatabase } from "@assay/host/database.ts";
import { describe, expect, it } from "vitest";

import { createSessions, type Session } from "./session.ts";

const actor = Actor.parse({ id: "iris", role: "inspector" });
const signed = { actor, name: "Iris", roles: [actor] };
const minute = 60_000;

const sessionsOn = (database = openDatabase(":memory:"), secure = false) => {
  const clock = { now: 1_700_000_000_000 };
  const limits = { idle: 30 * minute, most: 600 * minute, roles: 5 * minute };
  return { clock, ...createSessions({ database, secure, limits, now: () => clock.now }) };
};
const cookieOf = (line: string): ReadonlyMap<string, string> => {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  return new Map([[name, value]]);
};

describe("a session", () => {
  const isSignedIn = (sessions: ReturnType<typeof sessionsOn>, session: Session): boolean =>
    sessions.read(cookieOf(sessions.cookie(session)))?.signed !== undefined;

  it("ends when it was not used for half an hour, and after ten hours however much it was", () => {
    const sessions = sessionsOn();
    const idle = sessions.begin(signed);
    sessions.clock.now += 29 * minute;
    expect(isSignedIn(sessions, idle)).toBe(true);
    sessions.clock.now += 31 * minute;
    expect(isSignedIn(sessions, idle)).toBe(false);
    const busy = sessions.begin(signed);
    for (let used = 0; used < 59; used += 1) {
      sessions.clock.now += 10 * minute;
      expect(isSignedIn(sessions, busy)).toBe(true);
    }
    sessions.clock.now += 10 * minute;
    expect(isSignedIn(sessions, busy)).toBe(false);
  });

  it("is over once ended, and outlives a restart until then", () => {
    const database = openDatabase(":memory:");
    const session = sessionsOn(database).begin(signed);
    expect(isSignedIn(sessionsOn(database), session)).toBe(true);
    sessionsOn(database).end(session);
    expect(isSignedIn(sessionsOn(database), session)).toBe(false);
  });

  it("lasts for an open page until it is ended, or stands for another role", () => {
    const sessions = sessionsOn();
    const [session, other] = [sessions.begin(signed), sessions.begin(signed)];
    expect([sessions.lasts(session), sessions.lasts(other)]).toEqual([true, true]);
    sessions.end(session);
    sessions.actAs(other, Actor.parse({ id: "iris", role: "auditor" }));
    expect([sessions.lasts(session), sessions.lasts(other)]).toEqual([false, false]);
  });

  it("is ended by the provider's word for one session, or for a person", () => {
    const sessions = sessionsOn();
    const begin = (subject: string, providerSession: string) =>
      sessions.begin(signed, { subject, providerSession });
    const all = [begin("a", "1"), begin("a", "2"), begin("b", "3"), sessions.begin(signed)];
    expect(sessions.endBy({ subject: "a", providerSession: "1" })).toBe(1);
    expect(all.map((each) => isSignedIn(sessions, each))).toEqual([false, true, true, true]);
    expect(sessions.endBy({ subject: "a" })).toBe(1);
    expect(sessions.endBy({})).toBe(0);
    expect(all.map((each) => isSignedIn(sessions, each))).toEqual([false, false, true, true]);
  });

  it("is named by a cookie that nobody can make up and that holds nothing", () => {
    const sessions = sessionsOn();
    const session = sessions.begin(signed);
    const line = sessions.cookie(session);
    expect(line).toMatch(/HttpOnly; SameSite=Lax/);
    expect(Buffer.from(line, "base64").toString() + line).not.toContain("iris");
    const [[name, value]] = [...cookieOf(line)] as [[string, string]];
    for (const wrong of ["", "x", `${value}x`, `x${value}`, session.id, `${session.id}.`])
      expect(sessions.read(new Map([[name, wrong]]))).toBeUndefined();
    expect(sessionsOn().read(new Map([[name, value]]))).toBeUndefined();
  });

  it("is kept to HTTPS and this host where there is HTTPS", () => {
    const sessions = sessionsOn(undefined, true);
    const line = sessions.cookie(sessions.begin());
    expect(line).toMatch(/^__Host-assay-session=.*; Path=\/; .*; Secure$/);
  });

  it("has a form token of its own, and keeps what it signed for ten minutes", () => {
    const sessions = sessionsOn();
    const [one, other] = [sessions.begin(), sessions.begin()];
    expect(sessions.isFormToken(one, sessions.formToken(one))).toBe(true);
    expect(sessions.isFormToken(other, sessions.formToken(one))).toBe(false);
    const kept = sessions.sign("state");
    expect(sessions.signedText(kept)).toBe("state");
    expect(sessions.signedText(`${kept}x`)).toBeUndefined();
    expect(sessions.signedText("")).toBeUndefined();
    sessions.clock.now += 11 * minute;
    expect(sessions.signedText(kept)).toBeUndefined();
  });
});
