import uPlot from 'uplot';
import { chosen } from '../../core/figures/rows.ts';
import { overTime } from '../../core/figures/times.ts';
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
  const { points } = overTime(chosen(page.updates, page.look), page.figure, page.told.period, zonesOf(page));
  const style = getComputedStyle(document.body);
  const colour = (name: string) => style.getPropertyValue(name).trim() || style.color;
  const lines = colour('--vscode-editorWidget-border');
  const axis = { stroke: style.color, font: `11px ${style.fontFamily}`, grid: { stroke: lines, width: 0.5 }, ticks: { show: false } };
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
      series: [
        {},
        {
          label: figureWord(page.figure),
          stroke: colour('--vscode-charts-blue'),
          width: 2,
          points: { show: true, size: 5, fill: colour('--vscode-charts-blue') },
          spanGaps: false,
        },
      ],
    },
    [points.map(({ day }) => day / 1000), points.map(({ total }) => total ?? null)],
    place,
  );
}

/** Where the clocks of each profile are. */
export function zonesOf({ told }: Page): (profileId: string) => string {
  const zones = new Map(told?.profiles.map(({ id, timeZone }) => [id, timeZone]));
  return (id) => zones.get(id) ?? 'UTC';
}
