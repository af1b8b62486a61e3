import type { BudgetWindow } from '../../src/core/buffer/model.ts';
import type { Row, Verdict } from './answers.ts';
import type { Report } from './run.ts';
import { without } from './settings.ts';

/** The report as Markdown, to be read here and pasted into an issue; the key is taken out of whatever was answered. */
export function tableOf({ rows, askedOn, requests, budget, leftBehind }: Report, key: string): string {
  const cell = (text: string) => cellOf(without(key, text));
  const left = budget.length > 0 ? `Left of yours: ${budget.map(spoken).join(', ')}.` : 'What is left of yours was not told.';
  const lines = [
    `Asked ${askedOn ? `with a draft on a channel of kind ${askedOn}` : 'by reading alone'}. The lines are those of docs/live-service.md.`,
    '',
    '| line | question | answer |',
    '|---|---|---|',
    ...rows.map(({ question, verdict }) => `| ${question.line} | ${question.words} | ${cell(sentenceOf(verdict))} |`),
    '',
    `${tally(rows)} ${requests} requests were made. ${left}`,
  ];
  if (leftBehind)
    lines.push('', `An update could not be deleted. It begins with ${cell(leftBehind)}. Delete it at https://publish.buffer.com.`);
  return lines.join('\n');
}

function sentenceOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'asTheSheetSays':
      return `as the sheet says${verdict.setting ? ` (${verdict.setting})` : ''}${verdict.namely ? `: ${verdict.namely}` : ''}`;
    case 'otherwise':
      return `**otherwise, namely** ${verdict.setting ? `${verdict.setting}: ` : ''}${verdict.namely}`;
    case 'notAsked':
      return `not asked: ${verdict.why}`;
  }
}

function tally(rows: readonly Row[]): string {
  const count = (kind: Verdict['kind']) => rows.filter(({ verdict }) => verdict.kind === kind).length;
  return `${count('asTheSheetSays')} as the sheet says, ${count('otherwise')} otherwise, ${count('notAsked')} not asked.`;
}

function spoken({ remaining, quota, length }: BudgetWindow): string {
  const hours = length / 3600;
  return `${remaining} of ${quota} in ${hours < 1 ? `${length / 60} min` : hours < 48 ? `${hours} h` : `${hours / 24} days`}`;
}

/** The channels to choose from. */
export function channelList({ channels }: Report, key: string): string {
  return [
    'Your channels, to name one with --channel:',
    ...channels.map(({ id, service, type, name }) => `  ${id}  ${service} ${type}  ${plain(without(key, name))}`),
  ].join('\n');
}

const longest = 400;

/** What came over the network, as it can stand in a table for everybody: on one line, without ids, not for ever. */
function cellOf(text: string): string {
  const safe = plain(text)
    .replace(/\b[0-9a-f]{24}\b/gu, '[id]')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe;
}

const plain = (text: string) => text.replace(/\p{C}|\s/gu, ' ');
