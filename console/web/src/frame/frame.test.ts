import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { base64, concat, hex, utf8 } from "../ledger/bytes";
import { signingKey, verify } from "./composite";
import { openKey } from "./keyfile";
import { preAuthenticationEncoding, signDocument, signRequest } from "./statements";

const envelope = JSON.parse(readFileSync(new URL("../../../../contract/src/test/resources/vectors/root-1.json", import.meta.url), "utf8")) as {
  payload: string;
  payloadType: string;
  signatures: { keyid: string; sig: string }[];
};
const payload = base64(envelope.payload);
const root = JSON.parse(new TextDecoder().decode(payload)) as { keys: Record<string, { publicKey: string }> };

it("verifies what the command line signed, and nothing else", () => {
  const message = preAuthenticationEncoding(envelope.payloadType, payload);
  expect(envelope.signatures).toHaveLength(2);
  for (const { keyid, sig } of envelope.signatures) {
    const spki = base64(root.keys[keyid]?.publicKey ?? "");
    expect(verify(keyid, spki, message, base64(sig))).toBe(true);
    expect(verify(keyid, spki, concat(message, Uint8Array.of(0)), base64(sig))).toBe(false);
    expect(verify(keyid, spki, message, base64(sig).fill(0, 3309))).toBe(false);
    expect(verify(keyid, spki, message, base64(sig).fill(0, 0, 3309))).toBe(false);
  }
});

it("takes no key under another id, and none in another encoding or of another algorithm", async () => {
  const message = preAuthenticationEncoding(envelope.payloadType, payload);
  const { keyid, sig } = envelope.signatures[0] ?? { keyid: "", sig: "" };
  const spki = base64(root.keys[keyid]?.publicKey ?? "");
  expect(verify(envelope.signatures[1]?.keyid ?? "", spki, message, base64(sig))).toBe(false);
  const other = Uint8Array.from(spki);
  other[14] = 49; // the last byte of the algorithm's identifier
  const longer = concat(Uint8Array.of(0), spki);
  for (const key of [other, longer]) {
    expect(verify(await id(key), key, message, base64(sig))).toBe(false);
  }
});

async function id(spki: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", spki as BufferSource)));
}

const PLAIN = "MFECAQAwCgYIKwYBBQUHBjAEQA==";

it("says why a file is no key", async () => {
  await expect(openKey("nothing", "")).rejects.toMatchObject({ fault: "none" });
  await expect(openKey(`-----BEGIN PRIVATE KEY-----\n${PLAIN}\n-----END PRIVATE KEY-----`, "")).rejects.toMatchObject({ fault: "damaged" });
  await expect(openKey("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----", "")).rejects.toMatchObject({ fault: "damaged" });
});

/** A key that shows what it was given to sign. */
function witnessed(): { key: Parameters<typeof signRequest>[0]; signed: string[] } {
  const inside = signingKey(new Uint8Array(64).fill(5));
  const signed: string[] = [];
  return { signed, key: { id: inside.id, spki: inside.spki, sign: (message) => { signed.push(new TextDecoder().decode(message)); return inside.sign(message); } } };
}

it("signs a request over everything that must arrive", async () => {
  const { key, signed } = witnessed();
  const headers = await signRequest(key, { method: "GET", target: "/api/nodes?x=1", body: new Uint8Array() }, new Date(1_000_000), new Uint8Array(16));
  expect(signed).toEqual([[
    '"@method": GET', '"@path": /api/nodes', '"@query": ?x=1', '"content-digest": sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:',
    `"@signature-params": ("@method" "@path" "@query" "content-digest");created=1000;nonce="${"00".repeat(16)}";keyid="${key.id}";alg="mldsa65-ed25519"`,
  ].join("\n")]);
  expect(headers["Signature"]).toMatch(/^zos=:[A-Za-z0-9+/=]+:$/);
});

it("signs no request whose parts could be read as something else", async () => {
  const { key, signed } = witnessed();
  const body = new Uint8Array();
  for (const target of ["/nodes", "https://elsewhere/api/", '/api/a\n"@path": /api/b', "/api/ö", "DSSEv1 1 a 0 "]) {
    await expect(signRequest(key, { method: "GET", target, body }, new Date())).rejects.toThrow("request.target: must be a path below /api/");
  }
  await expect(signRequest(key, { method: "GET\nx", target: "/api/nodes", body }, new Date())).rejects.toThrow("request.method: must be one of GET, POST, DELETE");
  expect(signed).toEqual([]);
});

const DEPLOYMENT = "application/vnd.zosgrid.deployment.v1+json";

it("signs a document in DSSE's encoding, and only the one that was shown", async () => {
  const { key, signed } = witnessed();
  const shop = utf8('{"name":"shop","version":3}');
  await signDocument(key, { name: "shop", version: 3, payloadType: DEPLOYMENT, payload: shop });
  expect(signed).toEqual([`DSSEv1 42 ${DEPLOYMENT} 27 {"name":"shop","version":3}`]);
  await expect(signDocument(key, { name: "shop", version: 4, payloadType: DEPLOYMENT, payload: shop })).rejects.toThrow("document: must be shop version 4 (is: shop version 3)");
  await expect(signDocument(key, { name: "shop", version: 3, payloadType: "application/vnd.zosgrid.trust-root.v1+json", payload: shop })).rejects.toThrow("document.payloadType: is none that is decided on here");
  await expect(signDocument(key, { name: "shop", version: 3, payloadType: DEPLOYMENT, payload: utf8('"@method": GET') })).rejects.toThrow();
  expect(signed).toHaveLength(1);
});

it("signs each kind of document that people decide on", async () => {
  for (const kind of ["deployment", "pause", "resume", "decommission", "model", "skip", "admission", "retirement", "promotion", "review"]) {
    const { key, signed } = witnessed();
    const payloadType = `application/vnd.zosgrid.${kind}.v1+json`;
    await signDocument(key, { name: "shop", version: 3, payloadType, payload: utf8('{"name":"shop","version":3}') });
    expect(signed).toEqual([`DSSEv1 ${payloadType.length} ${payloadType} 27 {"name":"shop","version":3}`]);
  }
});
