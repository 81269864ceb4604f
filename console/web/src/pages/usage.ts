import type { PageContext } from "./context";
import { h, show, svg } from "./dom";
import { bytes, facts, failure, leaving } from "./parts";
import { texts } from "./texts";

/** What a machine takes, asked for again and again from the node it runs on while it is looked at: two curves, and what they are now in words. */

export interface Usage {
  at: string;
  cpuNanos: number;
  throttledNanos: number;
  allowedCpuMillis: number;
  memoryBytes: number;
  memoryPeakBytes: number;
  allowedMemoryBytes: number;
  processes: number;
  receivedBytes: number;
  sentBytes: number;
}

/** Between two looks: shares are of one processor, 0.5 is half of it. */
export interface Rates {
  processors: number;
  throttled: number;
  receivedPerSecond: number;
  sentPerSecond: number;
}

const words = texts.deployments;
const PAUSE = 2000;
/** Looks that are kept: five minutes. */
const MOST = 150;
const WIDTH = 300;
const HEIGHT = 60;

/** Undefined where the clock did not go on, or the machine was started again in between: then it counts from nothing. */
export function rates(before: Usage, now: Usage): Rates | undefined {
  const seconds = (Date.parse(now.at) - Date.parse(before.at)) / 1000;
  if (!(seconds > 0) || now.cpuNanos < before.cpuNanos || now.receivedBytes < before.receivedBytes || now.sentBytes < before.sentBytes) {
    return undefined;
  }
  return {
    processors: (now.cpuNanos - before.cpuNanos) / 1e9 / seconds,
    throttled: Math.max(0, now.throttledNanos - before.throttledNanos) / 1e9 / seconds,
    receivedPerSecond: (now.receivedBytes - before.receivedBytes) / seconds,
    sentPerSecond: (now.sentBytes - before.sentBytes) / seconds,
  };
}

/** Points of a curve whose newest value is at the right edge; values are parts of what is allowed. */
export function points(parts: number[]): string {
  const step = WIDTH / (MOST - 1);
  return parts.map((part, index) => `${(WIDTH - (parts.length - 1 - index) * step).toFixed(1)},${(HEIGHT - Math.min(Math.max(part, 0), 1) * HEIGHT).toFixed(1)}`).join(" ");
}

export function usage(host: HTMLElement, name: string, machine: string, context: PageContext): void {
  const curves = h("div", { class: "curves" });
  const said = h("div", { role: "status" }, h("p", { class: "quiet" }, texts.loading));
  const closed = new AbortController();
  const close = leaving(host, words.closeUsage, () => closed.abort());
  const section = h("section", {}, h("h2", {}, words.usageOf(machine)), close, said, curves);
  show(host, section);
  close.focus();
  const over = () => closed.signal.aborted || context.gone.aborted || !section.isConnected;
  const cpu: number[] = [];
  const memory: number[] = [];
  let before: Usage | undefined;
  const look = async (): Promise<void> => {
    if (over()) {
      return;
    }
    try {
      const now = await context.api.json<Usage>(`/api/deployments/${encodeURIComponent(name)}/usage/${encodeURIComponent(machine)}`);
      if (over()) {
        return;
      }
      const rate = before && rates(before, now);
      before = now;
      if (rate) {
        keep(cpu, rate.processors * 1000 / now.allowedCpuMillis);
        keep(memory, now.memoryBytes / now.allowedMemoryBytes);
        show(said);
        show(curves, curve(words.processors, words.of(number(rate.processors), number(now.allowedCpuMillis / 1000)), cpu),
          curve(words.memory, words.of(bytes(now.memoryBytes), bytes(now.allowedMemoryBytes)), memory),
          facts([[words.throttled, percent(rate.throttled)], [words.processes, now.processes], [words.received, words.perSecond(bytes(rate.receivedPerSecond))],
            [words.sent, words.perSecond(bytes(rate.sentPerSecond))], ...(now.memoryPeakBytes > 0 ? [[words.peak, bytes(now.memoryPeakBytes)] as [string, string]] : [])]));
      }
    } catch (failed) {
      if (!over()) {
        before = undefined;
        show(said, failure(failed));
      }
    }
    setTimeout(() => void look(), PAUSE);
  };
  void look();
}

function keep(values: number[], value: number): void {
  values.push(value);
  values.splice(0, values.length - MOST);
}

function curve(title: string, now: string, parts: number[]): HTMLElement {
  return h("figure", {}, h("figcaption", {}, `${title}: ${now}`),
    svg("svg", { class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": words.curve(title) }, svg("polyline", { points: points(parts) })));
}

const number = (value: number) => new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
const percent = (part: number) => new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 }).format(part);
