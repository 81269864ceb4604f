/** How hot each element of a diagram is: from 0 to 1, compared with the hottest. */

export interface Activity {
  activity: string;
  type: string;
  finished: number;
  running: number;
  canceled: number;
  stuck: number;
  meanMillis: number | null;
  p95Millis: number | null;
}

export type Measure = "finished" | "meanMillis" | "p95Millis" | "canceled" | "stuck";

/** What encloses other elements would cover their colours with its own. */
const SCOPES = ["subProcess", "transaction", "adHocSubProcess"];

export const MEASURES: Measure[] = ["finished", "meanMillis", "p95Millis", "canceled", "stuck"];

/**
 * Elements with nothing to show are left out. Times spread over many powers of ten (an approval takes hours, a check milliseconds), so their logarithms are
 * compared; counts are compared as they are.
 *
 * @param encloses whether other elements are drawn inside of one; a block of a model of one's own is a scope with nothing drawn in it
 */
export function heat(activities: Activity[], measure: Measure, encloses: (activity: string) => boolean): Map<string, number> {
  const scale = measure.endsWith("Millis") ? (value: number) => Math.log1p(value) : (value: number) => value;
  const values = activities.filter((each) => !SCOPES.includes(each.type) || !encloses(each.activity)).map((each) => [each.activity, scale(each[measure] ?? 0)] as const).filter(([, value]) => value > 0);
  const most = Math.max(...values.map(([, value]) => value));
  return new Map(values.map(([activity, value]) => [activity, value / most]));
}
