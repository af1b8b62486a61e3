import type { Applied, Done } from '../core/postFiles/apply.ts';
import type { CheckedFile } from '../core/postFiles/check.ts';
import { configPath } from '../core/postFiles/config.ts';
import type { PlanItem } from '../core/postFiles/plan.ts';
import type { Problem } from '../core/postFiles/problem.ts';
import type { ReadPosts } from '../core/postFiles/readPosts.ts';
import { actionWords, needsPerson, oneLine, whichPost, wordsOf } from './words.ts';

export const formats = ['text', 'json', 'github'] as const;
export type Format = (typeof formats)[number];

/** What a command found and did. */
export interface Report {
  readonly posts?: ReadPosts;
  readonly plan?: readonly PlanItem[];
  readonly applied?: Applied;
}

/** A report as it is printed. */
export function printed(report: Report, format: Format): string {
  if (format === 'json') return `${JSON.stringify(asJson(report), undefined, 2)}\n`;
  const lines = [...problemsOf(report).map((each) => (format === 'github' ? annotationOf(each) : problemLine(each)))];
  const { plan = [], applied } = report;
  const done = applied?.done ?? [];
  const rest = applied ? applied.left : plan;
  for (const each of done) lines.push(itemLine(each.item, wordsOf(each), format, each.outcome !== 'done'));
  for (const item of rest) {
    if (item.action === 'leave') continue;
    lines.push(itemLine(item, actionWords[item.action], format, needsPerson(item)), ...differenceLines(item));
  }
  const left = rest.filter(({ action }) => action === 'leave').length;
  lines.push(summaryOf(report, done, left));
  return lines.map((line) => `${line}\n`).join('');
}

interface Placed {
  readonly path: string;
  readonly problem: Problem;
}

function problemsOf({ posts }: Report): Placed[] {
  if (!posts) return [];
  return [
    ...posts.configProblems.map((problem) => ({ path: configPath, problem })),
    ...posts.files.flatMap(({ parsed: { path }, problems }) => problems.map((problem) => ({ path, problem }))),
  ];
}

function problemLine({ path, problem: { severity, message, range } }: Placed): string {
  return `${oneLine(path)}:${range.start.line + 1}:${range.start.column + 1}: ${severity}: ${oneLine(message)}`;
}

const annotations = { error: 'error', warning: 'warning', hint: 'notice' } as const;

/** As a workflow of GitHub shows it at its line. */
function annotationOf({ path, problem: { severity, message, range } }: Placed): string {
  const { start, end } = range;
  const place = `file=${property(path)},line=${start.line + 1},endLine=${end.line + 1},col=${start.column + 1},endColumn=${end.column + 1}`;
  return `::${annotations[severity]} ${place}::${data(message)}`;
}

function itemLine(item: PlanItem, words: string, format: Format, isForPeople: boolean): string {
  const { path, part, profile } = whichPost(item);
  const which = part > 1 ? `${path} (post ${part})` : path;
  if (format === 'github' && isForPeople) return `::warning file=${property(path)}::${data(`${profile}: ${words}`)}`;
  return oneLine(`${which}  ${profile}${whenOf(item)}  ${words}`);
}

function whenOf({ action, wanted, when }: PlanItem): string {
  if (!wanted || !['create', 'edit', 'late'].includes(action)) return '';
  const at = when ?? wanted.when;
  return `  ${typeof at === 'object' ? at.at.toLocaleString('sv-SE', { timeZone: wanted.profile.timeZone }).slice(0, 16) : at}`;
}

/** What stands at Buffer and in the file, where they stand against each other. */
function differenceLines({ action, fields = [], update, wanted }: PlanItem): string[] {
  if ((action !== 'conflict' && action !== 'changed') || !update || !wanted) return [];
  const told = fields.map((field) => `    ${field} differs`);
  if (!fields.includes('text')) return told;
  const marked = (text: string, mark: string) => text.split(/\r?\n/u).map((line) => `    ${mark} ${oneLine(line)}`);
  return [...told, ...marked(update.text, '- Buffer:'), ...marked(wanted.content.text, '+ file:  ')];
}

function summaryOf({ posts, plan, applied }: Report, done: readonly Done[], left: number): string {
  const files = posts?.files ?? [];
  const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
  const errors = problemsOf({ posts: posts! }).filter(({ problem: { severity } }) => severity === 'error').length;
  const all = [
    count(files.length, 'file', 'files'),
    count(
      sum(files, ({ posts: each }) => each.length),
      'post',
      'posts',
    ),
    ...(posts ? [count(errors, 'error', 'errors')] : []),
    ...(applied
      ? [
          `${done.filter(({ outcome }) => outcome === 'done').length} done`,
          `${done.filter(({ outcome }) => outcome !== 'done').length} not done`,
        ]
      : []),
    ...(plan || applied ? [`${left} as they are to be`] : []),
  ];
  return all.join(', ');
}

function asJson({ posts, plan, applied }: Report): unknown {
  const itemOf = (item: PlanItem) => ({
    ...whichPost(item),
    action: item.action,
    fields: item.fields,
    update: item.update?.id ?? item.entry?.update,
  });
  return {
    problems: problemsOf({ posts: posts! }).map(({ path, problem: { code, severity, message, range } }) => ({
      path,
      code,
      severity,
      message,
      line: range.start.line + 1,
      column: range.start.column + 1,
    })),
    ...(posts && { counts: posts.files.flatMap(countsOf) }),
    ...(plan && { plan: plan.map(itemOf) }),
    ...(applied && {
      done: applied.done.map((each) => ({ ...itemOf(each.item), outcome: each.outcome, message: wordsOf(each), update: each.update?.id })),
      left: applied.left.map(itemOf),
    }),
  };
}

function countsOf({ parsed: { path }, posts }: CheckedFile): unknown[] {
  return posts.flatMap(({ post, counts }) =>
    counts.map(({ service, part, count, limit }) => ({
      path,
      part: post.index + 1,
      network: service,
      threadPart: part + 1,
      count,
      limit: Number.isFinite(limit) ? limit : undefined,
    })),
  );
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, each) => total + of(each), 0);
}

/** A message of a workflow command. */
function data(text: string): string {
  return text.replace(/%/gu, '%25').replace(/\r/gu, '%0D').replace(/\n/gu, '%0A');
}

/** A value among its properties. */
function property(text: string): string {
  return data(text).replace(/:/gu, '%3A').replace(/,/gu, '%2C');
}
