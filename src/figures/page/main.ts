import * as l10n from '@vscode/l10n';
import { render } from 'lit-html';
import { announcer } from '../../page/announcer.ts';
import { connectPage } from '../../page/host.ts';
import { startPage } from '../../page/start.ts';
import type { ToHost, ToPage } from '../messages.ts';
import { arrived, asMessage } from './incoming.ts';
import { begin, type Kept, keptOf, offered, periodOf } from './state.ts';
import type { Act } from './act.ts';
import { view } from './view.ts';
import { drawChart } from './chart.ts';

const app = startPage();
const voice = announcer();
const host = connectPage<ToPage, ToHost, Kept>(asMessage, receive);
let page = begin(host.kept(), Date.now());

const act: Act = {
  change(change) {
    const before = page;
    page = { ...page, ...change };
    host.keep(keptOf(page));
    const isOther = before.span !== page.span || before.from !== page.from || before.to !== page.to;
    if (isOther) show();
    draw();
  },
  ask: (message) => host.post(message),
};

function receive({ told: { updates, before, ...told } }: ToPage): void {
  const wasReading = page.told?.isReading;
  page = { ...page, told, ...(updates && { updates: updates.map(arrived), before: before?.map(arrived) }) };
  draw();
  if (wasReading && !told.isReading && !told.problem) voice.say(l10n.t('The figures are there.'));
}

function show(): void {
  host.post({ type: 'show', ...periodOf(page, Date.now()) });
}

function draw(): void {
  const shown = offered(page);
  render(view(shown, act), app);
  drawChart(shown);
}

// Colours of another theme, and another width.
new MutationObserver(() => drawChart(offered(page))).observe(document.body, { attributeFilter: ['class'] });
new ResizeObserver(() => drawChart(offered(page))).observe(document.body);
draw();
show();
