import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { base64, concat, utf8 } from "../ledger/bytes";
import { signed } from "./api";
import { signingKey, verify } from "./composite";
import { openKey } from "./keyfile";

const envelope = JSON.parse(readFileSync(new URL("../../../../contract/src/test/resources/vectors/root-1.json", import.meta.url), "utf8")) as {
  payload: string;
  payloadType: string;
  signatures: { keyid: string; sig: string }[];
};
const payload = base64(envelope.payload);
const root = JSON.parse(new TextDecoder().decode(payload)) as { keys: Record<string, { publicKey: string }> };

it("verifies what the command line signed, and nothing else", () => {
  const message = concat(utf8(`DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `), payload);
  expect(envelope.signatures).toHaveLength(2);
  for (const { keyid, sig } of envelope.signatures) {
    const spki = base64(root.keys[keyid]?.publicKey ?? "");
    expect(verify(spki, message, base64(sig))).toBe(true);
    expect(verify(spki, concat(message, Uint8Array.of(0)), base64(sig))).toBe(false);
    expect(verify(spki, message, base64(sig).fill(0, 3309))).toBe(false);
  }
});

const PLAIN = "MFECAQAwCgYIKwYBBQUHBjAEQA==";

it("says why a file is no key", async () => {
  await expect(openKey("nothing", "")).rejects.toThrow("holds no private key");
  await expect(openKey(`-----BEGIN PRIVATE KEY-----\n${PLAIN}\n-----END PRIVATE KEY-----`, "")).rejects.toThrow("in the middle of a DER value");
  await expect(openKey("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----", "")).rejects.toThrow("DER value 2 is expected");
});

it("signs a request over everything that must arrive", async () => {
  const key = signingKey(new Uint8Array(64).fill(5));
  const bases: string[] = [];
  const signer = { keyId: key.id, sign: async (message: Uint8Array) => { bases.push(new TextDecoder().decode(message)); return key.sign(message); } };
  const headers = await signed(signer, "GET", "/api/nodes?x=1", new Uint8Array(), new Date(1_000_000), new Uint8Array(16));
  expect(bases).toEqual([[
    '"@method": GET', '"@path": /api/nodes', '"@query": ?x=1', '"content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
    `"@signature-params": ("@method" "@path" "@query" "content-digest");created=1000;nonce="${"00".repeat(16)}";keyid="${key.id}";alg="mldsa65-ed25519"`,
  ].join("\n")]);
  expect(headers["Signature"]).toMatch(/^zos=:[A-Za-z0-9+/=]+:$/);
});
