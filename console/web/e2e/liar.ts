import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A control plane that lies: hands every request on, and changes what is answered to some of them. */
export interface Liar {
  address: string;
  close(): Promise<void>;
}

/** @param lie gets a path and the parsed answer, and may change it in place */
export async function liar(truth: string, lie: (path: string, answer: Record<string, unknown>) => void): Promise<Liar> {
  const server: Server = createServer((asked, given) => {
    const onward = request(new URL(asked.url ?? "/", truth), { method: asked.method ?? "GET", headers: { ...asked.headers, "accept-encoding": "identity" } }, (answer) => {
      if (!(answer.headers["content-type"] ?? "").startsWith("application/json")) {
        given.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(given);
        return;
      }
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const json = JSON.parse(Buffer.concat(parts).toString("utf8")) as Record<string, unknown>;
        lie(asked.url ?? "/", json);
        const { "content-length": _, "transfer-encoding": __, ...headers } = answer.headers;
        given.writeHead(answer.statusCode ?? 502, headers);
        given.end(JSON.stringify(json));
      });
    });
    onward.on("error", () => given.destroy());
    given.on("close", () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}
