import type { CheckedFile, CheckedPost } from '../core/postFiles/check.ts';
import type { Problem } from '../core/postFiles/problem.ts';
import type { ReadPosts } from '../core/postFiles/readPosts.ts';
import type { Target } from '../core/postFiles/resolve.ts';
import { networkOf } from '../core/networks/networks.ts';
import { configPath } from '../core/postFiles/config.ts';

/** What a comment may hold on GitHub. */
const longest = 60_000;
/** By which a second workflow finds the comment that is there already. */
const mark = '<!-- queue-for-buffer -->';

/**
 * What a pull request's posts will look like, as Markdown: each network's text, count, time and pictures. Whatever is from
 * the files is data: it stands in blocks of code, where no mark of Markdown counts and nobody is mentioned.
 */
export function previewOf({ files, configProblems }: ReadPosts): string {
  const parts = [mark, '## Posts\n'];
  if (configProblems.length > 0) parts.push(problemList(configPath, configProblems));
  if (files.length === 0) parts.push('There are none.\n');
  for (const file of files) parts.push(fileSection(file));
  let text = '';
  for (const part of parts) {
    if (text.length + part.length > longest) {
      text += '\nThere is more than a comment can hold.\n';
      break;
    }
    text += `${part}\n`;
  }
  return text;
}

function fileSection({ parsed: { path }, posts, problems }: CheckedFile): string {
  const lines = [`### ${inline(path)}\n`];
  if (problems.length > 0) lines.push(problemList(path, problems));
  for (const post of posts) lines.push(...postSection(post, posts.length > 1));
  return lines.join('\n');
}

function postSection({ post, targets, counts }: CheckedPost, isNumbered: boolean): string[] {
  const lines = isNumbered ? [`#### Post ${post.index + 1}\n`] : [];
  for (const target of targets) {
    const { service, written, text, details } = target;
    const all = [text, ...(details.thread ?? [])];
    const facts = [
      whenOf(target, post.when?.value),
      ...(target.tagNames.length > 0 ? [`tags ${target.tagNames.map(inline).join(', ')}`] : []),
    ];
    lines.push(`**${networkOf(service).label}** ${inline(written.value)} · ${facts.join(' · ')}\n`);
    for (const [index, each] of all.entries()) {
      const count = counts.find((one) => one.service === service && one.part === index);
      const limit = count && Number.isFinite(count.limit) ? ` of ${count.limit.toLocaleString('en')}` : '';
      lines.push(block(each));
      const which = all.length > 1 ? `part ${index + 1} of ${all.length}, ` : '';
      if (count) lines.push(`${which}${count.count.toLocaleString('en')}${limit} characters\n`);
    }
    lines.push(...mediaLines(target));
  }
  return lines;
}

function whenOf({ when, isLate }: Target, written: string | undefined): string {
  if (when === undefined) return written === undefined ? 'its time is not known' : `at ${inline(written)}`;
  if (typeof when !== 'object')
    return { queue: 'the next free time of its queue', next: 'the front of its queue', now: 'now', draft: 'a draft' }[when];
  const at = `at ${inline(written ?? when.at.toISOString())} (${when.at.toISOString().slice(0, 16).replace('T', ' ')} UTC)`;
  return isLate ? `${at}, **which has passed**` : at;
}

function mediaLines({ media, details }: Target): string[] {
  const files = [
    ...(media?.link
      ? [['Link', media.link, media.title] as const]
      : media?.picture
        ? [['Picture', media.picture, media.description] as const]
        : []),
    ...(media?.more ?? []).map(({ url, description }) => ['Picture', url, description] as const),
    ...(media?.video ? [['Video', media.video, media.title] as const] : []),
    ...(media?.document ? [['Document', media.document, media.title] as const] : []),
    ...(details.threadPictures ?? []).flatMap((pictures, index) =>
      pictures.map(({ url, description }) => [`Picture of part ${index + 2}`, url, description] as const),
    ),
  ];
  return files.length === 0
    ? []
    : [files.map(([kind, url, about]) => `- ${kind} ${inline(url)}${about ? `: ${inline(about)}` : ''}`).join('\n'), ''];
}

function problemList(path: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ severity, message, range }) => `- ${severity}, line ${range.start.line + 1}: ${inline(message)}`);
  return `${inline(path)} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n\n${lines.join('\n')}\n`;
}

/** Text as a block of code that it cannot end by itself. */
function block(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text.replace(/\r\n?/gu, '\n')}\n${fence}`;
}

/** Text as code within a line. */
function inline(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim() || ' ';
  const fence = '`'.repeat(longestRun(line) + 1);
  return line.startsWith('`') || line.endsWith('`') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

function longestRun(text: string): number {
  let longestYet = 0;
  for (const [run] of text.matchAll(/`+/gu)) longestYet = Math.max(longestYet, run.length);
  return longestYet;
}
