import type { Figures, MeasuredUpdate } from '../buffer/model.ts';

/** What can be added up over all networks: the rest means something else on each. */
const everywhere: ReadonlySet<string> = new Set(['reactions', 'comments']);
/** What is no count. */
const percentages: ReadonlySet<string> = new Set(['engagementRate']);

/** So old, an update that was not measured is measured no more. Milliseconds. */
const longestWait = 2 * 86_400_000;

/** Whether an update is so young that its figures are still to come; `now` in milliseconds. */
export function isAwaited({ figures, measuredAt, sentAt }: MeasuredUpdate, now: number): boolean {
  return !figures && !measuredAt && sentAt.getTime() > now - longestWait;
}

export interface Sums {
  readonly posts: number;
  /** Those of them that have figures. */
  readonly measured: number;
  /** What can be added up, by its name; percentages are their average. Absent is not known. */
  readonly figures: Figures;
}

/** Whether a figure is in percent, so that it is averaged and never added up. */
export function isPercentage(name: string): boolean {
  return percentages.has(name);
}

/** Names of the figures that any of these have, the ones that all networks have first. */
export function figureNames(updates: readonly Pick<MeasuredUpdate, 'figures'>[]): readonly string[] {
  const found = new Set(updates.flatMap(({ figures = {} }) => Object.keys(figures)));
  const first = [...everywhere].filter((name) => found.has(name));
  const last = [...percentages].filter((name) => found.has(name));
  const others = [...found].filter((name) => !everywhere.has(name) && !percentages.has(name)).sort();
  return [...first, ...others, ...last];
}

/** Those of the names that mean the same for all of these. */
export function summable(updates: readonly MeasuredUpdate[], names: readonly string[]): readonly string[] {
  const isOneNetwork = new Set(updates.map(({ service }) => service)).size <= 1;
  return isOneNetwork ? names : names.filter((name) => everywhere.has(name));
}

/** Updates added up, as far as that means anything. */
export function sumsOf(updates: readonly MeasuredUpdate[]): Sums {
  const figures = Object.fromEntries(
    summable(updates, figureNames(updates)).flatMap((name) => {
      const total = totalOf(updates, name);
      return total === undefined ? [] : [[name, total] as const];
    }),
  );
  return { posts: updates.length, measured: updates.filter((update) => update.figures).length, figures };
}

/** One figure of all of these: added up, or averaged where it is a percentage; undefined where none of them has it. */
export function totalOf(updates: readonly MeasuredUpdate[], name: string): number | undefined {
  const values = updates.flatMap(({ figures }) => figures?.[name] ?? []);
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  return isPercentage(name) ? Math.round((100 * sum) / values.length) / 100 : sum;
}

/** The same for one of these on average. */
export function averageOf(updates: readonly MeasuredUpdate[], name: string): number | undefined {
  const total = totalOf(updates, name);
  if (total === undefined || isPercentage(name)) return total;
  return total / updates.filter(({ figures }) => figures?.[name] !== undefined).length;
}
