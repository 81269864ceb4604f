/** Names of images together with the fingerprints of their contents: REPOSITORY:TAG@sha256:FINGERPRINT. */

export const PIN = "@sha256:";

/** What contents are called, by fingerprint, out of pinned references. */
export function namesOf(references: string[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const reference of references) {
    const [name = "", fingerprint = ""] = reference.split(PIN);
    names.set(fingerprint, [...(names.get(fingerprint) ?? []).filter((each) => each !== name), name]);
  }
  return names;
}
