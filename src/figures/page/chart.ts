import uPlot from 'uplot';
import { chosen } from '../../core/figures/rows.ts';
import { overTime, type Point } from '../../core/figures/times.ts';
import type { Page } from './state.ts';
import { figureText, figureWord, timeText } from './words.ts';

let drawn: uPlot | undefined;

/** Draws what went out and what became of it over time, into the place that the page has for it. */
export function drawChart(page: Page): void {
  const place = document.getElementById('over-time');
  drawn?.destroy();
  drawn = undefined;
  if (!place || !page.told) return;
  const width = Math.floor(place.clientWidth);
  if (width === 0) return;
  const { points } = overTime(chosen(page.updates, page.look), page.figure, shownPeriod(page), zonesOf(page));
  const style = getComputedStyle(document.body);
  const colour = (name: string) => style.getPropertyValue(name).trim() || style.color;
  const lines = colour('--vscode-editorWidget-border');
  const axis = { stroke: style.color, font: `11px ${style.fontFamily}`, grid: { stroke: lines, width: 0.5 }, ticks: { show: false } };
  const line = { label: figureWord(page.figure), stroke: colour('--vscode-charts-blue'), width: 2, spanGaps: false };
  const hollow = {
    show: true,
    size: 5,
    fill: colour('--vscode-editor-background'),
    // Where they are whole, they are drawn already.
    filter: (_: uPlot, __: number, isShown: boolean) => (isShown ? points.flatMap(({ isWhole }, at) => (isWhole ? [] : [at])) : null),
  };
  drawn = new uPlot(
    {
      width,
      height: 180,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(1, max * 1.05)] } },
      axes: [
        {
          ...axis,
          values: (_, ticks) => ticks.map((each) => timeText(new Date(each * 1000), { day: 'numeric', month: 'short', timeZone: 'UTC' })),
          space: 70,
        },
        { ...axis, values: (_, ticks) => ticks.map((each) => figureText(page.figure, each)), size: 56 },
      ],
      series: [{}, { ...line, points: { show: true, size: 5, fill: line.stroke } }, { ...line, dash: [4, 4], points: hollow }],
    },
    [
      points.map(({ day }) => day / 1000),
      points.map(({ total, isWhole }) => (isWhole ? (total ?? null) : null)),
      // From the last one that is whole, so that no line breaks.
      points.map(({ total, isWhole }, index) => (isWhole && isAlone(points, index) ? null : (total ?? null))),
    ],
    place,
  );
}

/** Whether nothing unfinished stands beside one. */
function isAlone(points: readonly Point[], index: number): boolean {
  return [points[index - 1], points[index + 1]].every((each) => each === undefined || each.isWhole);
}

/** The period of the page, and when its figures were read. */
export function shownPeriod({ told }: Page): Parameters<typeof overTime>[2] {
  return { ...(told?.period ?? { from: 0, to: 1 }), asOf: told?.readAt };
}

/** Where the clocks of each profile are. */
export function zonesOf({ told }: Page): (profileId: string) => string {
  const zones = new Map(told?.profiles.map(({ id, timeZone }) => [id, timeZone]));
  return (id) => zones.get(id) ?? 'UTC';
}
