import { expect, it } from "vitest";
import { utf8 } from "../ledger/bytes";
import { parseStrictly, type Json } from "../ledger/strictjson";
import { actions, phrase, planDisagreements, size, type ServerPlan } from "./plan";

const read = (value: unknown) => parseStrictly(utf8(JSON.stringify(value))) as Map<string, Json>;
const web = { name: "web", node: "compute-1", image: "web:1", command: [], environment: { A: "1", B: "2" }, cpuMillis: 500, memory: "64MiB", ports: [80] };
const route = { name: "front", node: "gateway-1", host: "shop.example", machine: "web", port: 80 };
const shop = (machines: unknown[], gateways: unknown[] = []) => read({ name: "shop", version: 2, machines, gateways });

const said = (before: Map<string, Json> | undefined, after: Map<string, Json>) => [...actions(before, after)].map(([node, todo]) => [node, todo.map(phrase)]);

it("says what each node would do", () => {
  expect(said(undefined, shop([web], [route]))).toEqual([["compute-1", ["start machine web from web:1"]], ["gateway-1", ["open shop.example to web:80"]]]);
  expect(said(shop([web, { ...web, name: "old" }], [route]), shop([{ ...web, cpuMillis: 600 }], [{ ...route, host: "b.example" }]))).toEqual([
    ["compute-1", ["replace machine web; what it wrote is lost", "remove machine old with what it wrote"]],
    ["gateway-1", ["open b.example to web:80", "close shop.example to web:80"]]]);
  expect(said(shop([web]), shop([{ ...web, node: "compute-2" }]))).toEqual([["compute-1", ["remove machine web with what it wrote"]], ["compute-2", ["start machine web from web:1"]]]);
});

it("says who may look into a machine, which is no reason to make it anew", () => {
  expect(said(undefined, shop([{ ...web, terminal: ["security", "approver"] }]))).toEqual([["compute-1", ["start machine web from web:1", "let approver, security open terminals into web"]]]);
  expect(said(shop([{ ...web, terminal: ["security"] }]), shop([web]))).toEqual([["compute-1", ["let nobody open terminals into web"]]]);
  expect(said(shop([{ ...web, terminal: ["security"] }]), shop([{ ...web, terminal: ["security"] }]))).toEqual([["compute-1", []]]);
});

it("takes the same in another order or unit for the same", () => {
  const { command: _, ...without } = web;
  expect(said(shop([web]), shop([{ ...without, environment: { B: "2", A: "1" }, memory: "65536KiB" }]))).toEqual([["compute-1", []]]);
});

const told: ServerPlan = { name: "shop", version: 2, faults: [], kinds: ["create"], quorum: 2, mayApprove: [], rules: [], opensAt: null,
  nodes: [{ node: "compute-1", actions: ["start machine web from web:1"], asked: { cpuMillis: 500, memoryBytes: 64 * 1024 ** 2 }, free: null }] };

it("agrees with a server that says the same", () => {
  expect(planDisagreements(told, shop([web]), actions(undefined, shop([web])))).toEqual([]);
});

it("finds what a server leaves out, adds, or says otherwise", () => {
  const own = actions(undefined, shop([web], [route]));
  const lie = { ...told, version: 1, nodes: [{ ...told.nodes[0]!, actions: [], asked: { cpuMillis: 10, memoryBytes: 64 * 1024 ** 2 } }, { node: "compute-9", actions: ["start machine x from y"], asked: { cpuMillis: 0, memoryBytes: 0 }, free: null }] };
  expect(planDisagreements(lie, shop([web], [route]), own)).toEqual([
    { field: "plan.version", server: "1", signed: "2" },
    { field: "plan.compute-1", server: "", signed: "start machine web from web:1" },
    { field: "plan.compute-1.processors", server: "10", signed: "500" },
    { field: "plan.compute-9", server: "start machine x from y", signed: "" },
    { field: "plan.gateway-1", server: "", signed: "open shop.example to web:80" }]);
});

it("reads sizes", () => {
  expect([size("1KiB"), size("64MiB"), size("2TiB"), size("64")]).toEqual([1024, 67108864, 2199023255552, Number.NaN]);
});
