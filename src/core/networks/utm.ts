import type { Service } from '../buffer/model.ts';
import { linksIn, type Span } from './links.ts';
import { utmParameters, type UtmRule } from './utmRule.ts';

/** What is put into a text, and before which of its characters (UTF-16). */
export interface Addition {
  readonly at: number;
  readonly added: string;
}

/** What rules add to the links of a text, in its order. Links that have such parameters by hand stay as they are. */
export function additionsTo(text: string, service: Service, rules: readonly UtmRule[]): Addition[] {
  if (rules.length === 0) return [];
  return linkSpans(text).flatMap(({ start, end }) => {
    const link = text.slice(start, end);
    const added = addedTo(link, service, rules);
    if (!added) return [];
    const fragment = link.indexOf('#');
    return [{ at: fragment < 0 ? end : start + fragment, added }];
  });
}

/** A text with what is put into it. */
export function withAdditions(text: string, additions: readonly Addition[]): string {
  let result = '';
  let last = 0;
  for (const { at, added } of additions) {
    result += text.slice(last, at) + added;
    last = at;
  }
  return result + text.slice(last);
}

/** A text, or an address, as it is sent. */
export function tagged(text: string, service: Service, rules: readonly UtmRule[]): string {
  return withAdditions(text, additionsTo(text, service, rules));
}

/** The place in a text of a place in what is sent; within what was added, where that was put. */
export function placeBefore(additions: readonly Addition[], sentAt: number): number {
  let shift = 0;
  for (const { at, added } of additions) {
    if (sentAt <= at + shift) break;
    if (sentAt < at + shift + added.length) return at;
    shift += added.length;
  }
  return sentAt - shift;
}

function addedTo(link: string, service: Service, rules: readonly UtmRule[]): string | undefined {
  const address = /^https?:\/\//i.test(link) ? link : `https://${link}`;
  if (!URL.canParse(address) || isTagged(address)) return undefined;
  const { hostname } = new URL(address);
  const rule = rules.find(
    ({ domain, networks, parameters }) =>
      isWithin(hostname, domain) && (networks?.includes(service) ?? true) && Object.keys(parameters).length > 0,
  );
  if (!rule) return undefined;
  const query = utmParameters
    .flatMap((name) => {
      const value = rule.parameters[name]?.trim().replaceAll('{network}', service);
      return value ? `utm_${name}=${encoded(value)}` : [];
    })
    .join('&');
  if (!query) return undefined;
  const base = link.split('#', 1)[0]!;
  return `${base.includes('?') ? (/[?&]$/.test(base) ? '' : '&') : '?'}${query}`;
}

/** Whether somebody tagged a link already, in its query or in what stands behind it. */
function isTagged(address: string): boolean {
  return /[?&#;/]utm(_|%5f)[a-z]+(=|%3d)/i.test(address);
}

function isWithin(hostname: string, domain: string): boolean {
  if (domain === '*') return true;
  const address = `https://${domain}`;
  if (!domain || !URL.canParse(address)) return false;
  const host = new URL(address).hostname.replace(/^www\./, '');
  return hostname === host || hostname.endsWith(`.${host}`);
}

/** As nothing that ends a sentence or a bracket. */
function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll(
    /[!'()*]|[.~_-]$/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Up to where white space, quotation marks, Markdown or the signs of a language without spaces end a link. */
const goesOn = '(?:(?!\\]\\()[^\\s<>"`“”„«»‘、。，！？：；（）「」『』【】《》〈〉…])+';
const written = new RegExp(`(?<![\\p{L}\\p{N}@/.:%-])https?://${goesOn}`, 'giu');
const rest = new RegExp(goesOn, 'uy');
/** Letters of languages that put no space behind a link: where one ends among them, nobody can tell. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The web addresses of a text of which it is certain where they end, in its order; those without a scheme as X finds them. */
function linkSpans(text: string): Span[] {
  const full = [...text.matchAll(written)].map(({ 0: link, index }) => ({ start: index, end: index + trimmedLength(link) }));
  const taken = new Set(full.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)));
  const short = linksIn(text).filter(
    ({ start, end }) =>
      !taken.has(start) && !taken.has(end - 1) && !/^https?:/i.test(text.slice(start, start + 6)) && isAlone(text, start, end),
  );
  return [...full, ...short]
    .sort((one, other) => one.start - other.start)
    .filter(({ start, end }) => {
      const [, path = ''] = /^(?:https?:\/\/)?[^/?#]*(.*)$/isu.exec(text.slice(start, end)) ?? [];
      return !unspaced.test(path) && !unspaced.test(text.slice(end, end + 2).slice(0, text.codePointAt(end)! > 0xffff ? 2 : 1));
    });
}

/** Whether a word without a scheme is a whole one: in `ftp://example.com`, `me@example.com` and `example.com:8080` it is a part. */
function isAlone(text: string, start: number, end: number): boolean {
  if (/[\p{L}\p{N}@/:.%_-]/u.test(text[start - 1] ?? '')) return false;
  rest.lastIndex = start;
  const [word = ''] = rest.exec(text) ?? [];
  return start + trimmedLength(word) === end;
}

const closing: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** How long a link is without what ends the sentence or the bracket that it stands in. */
function trimmedLength(link: string): number {
  const balance = new Map<string, number>();
  for (const sign of link) balance.set(sign, (balance.get(sign) ?? 0) + 1);
  let end = link.length;
  for (; end > 0; end--) {
    const last = link[end - 1]!;
    const opening = closing[last];
    if (opening ? (balance.get(opening) ?? 0) >= balance.get(last)! : !/[.,;:!?'’*~|]/u.test(last)) break;
    balance.set(last, (balance.get(last) ?? 0) - 1);
  }
  return end;
}
