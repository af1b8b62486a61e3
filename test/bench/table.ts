import type { Figure, Unit } from './benchmark.ts';
import { summaryOf } from './statistics.ts';

/** Medians of an earlier run, by the figures' names. */
export type Baseline = Readonly<Record<string, number>>;

/** Figures as lines for people: median, quartiles, goal, and the median of the baseline. */
export function tableOf(figures: readonly Figure[], baseline: Baseline): string {
  const head = ['', 'median', 'quartiles', 'goal', 'baseline', ''];
  const rows = figures.map(({ name, unit, samples, goal, note = '' }) => {
    const { median, low, high } = summaryOf(samples);
    const before = baseline[name];
    return [
      name,
      shown(median, unit),
      `${plain(low)}–${plain(high)}`,
      goal === undefined ? 'told' : `${median <= goal ? '✓' : '✗'} ≤ ${plain(goal)}`,
      before === undefined ? '' : plain(before),
      note,
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const words: Readonly<Record<Unit, string>> = { times: '×', ms: ' ms', bytes: ' B', rows: ' rows', requests: '' };

function shown(value: number, unit: Unit): string {
  return plain(value) + words[unit];
}

function plain(value: number): string {
  return Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
