import * as v from 'valibot';
import { byDetail } from '../buffer/networkDetails.ts';
import { groupBy } from '../collections/groupBy.ts';
import type { SentContent } from '../delivery/sameUpdate.ts';
import type { Fingerprint } from './fingerprint.ts';

/**
 * Where an update of a post stands, as the record knows it.
 * - `announced`  about to be made: it may be at Buffer, and is looked for before anything is made
 * - `queued`     made, or found to be there
 * - `sent`       went out: never asked about again
 * - `gone`       deleted at Buffer
 */
export type EntryState = 'announced' | 'queued' | 'sent' | 'gone';

/** What the record knows of one post at one profile. */
export interface RecordEntry {
  /** The post's file: from the root of the repository, with `/`, composed as Unicode's NFC. */
  readonly post: string;
  /** Which of the file's posts, from 1. */
  readonly part: number;
  /** `network/handle` */
  readonly profile: string;
  /** A hash of whose queue it is in: nobody else's key touches it. */
  readonly account: string;
  readonly state: EntryState;
  /** When this was noted, by the service's clock. */
  readonly at: Date;
  /** The update that it is; absent while it is announced. */
  readonly update?: string;
  /** What the file said when it was last sent. */
  readonly sent: Fingerprint;
  /** What Buffer had then. */
  readonly seen?: Fingerprint;
  /** Of one that is announced: the run that is at it. */
  readonly run?: string;
  /** Of one that is announced: what is about to be made, as that is what is looked for. */
  readonly content?: SentContent;
}

/** Something in the record that says nothing: nobody may be sent anything before a person has looked at it. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
  /** From 1. */
  readonly line: number;

  constructor(line: number) {
    super(`Line ${line} of the record is none: it was written by a newer version, or by hand.`);
    this.line = line;
  }
}

/** Where the record is kept, from the root of the repository. */
export const recordPath = '.buffer/queued.json';
const version = 1;

const date = v.pipe(
  v.string(),
  v.transform((iso) => new Date(iso)),
  v.date(),
);
const fingerprint = v.record(v.string(), v.string());
const address = v.optional(v.string());
const tagged = v.optional(v.array(v.object({ handle: v.string(), x: v.number(), y: v.number() })));
const picture = v.object({ url: v.string(), description: address, taggedUsers: tagged });
const media = v.object({
  link: address,
  title: address,
  description: address,
  picture: address,
  thumbnail: address,
  taggedUsers: tagged,
  video: address,
  coverAt: v.optional(v.number()),
  document: address,
  cover: address,
  more: v.optional(v.array(picture)),
});
const texts = v.optional(v.array(v.string()));
const details = v.object(
  byDetail((kind) => {
    if (kind === 'time') return v.optional(date);
    if (kind === 'flag') return v.optional(v.boolean());
    if (kind === 'texts') return texts;
    if (kind === 'pictures') return v.optional(v.array(v.array(picture)));
    return address;
  }),
);
const content = v.object({ text: v.string(), media: v.optional(media), details: v.optional(details) }) as unknown as v.GenericSchema<
  unknown,
  SentContent
>;

const entry: v.GenericSchema<unknown, RecordEntry> = v.pipe(
  v.object({
    post: v.pipe(v.string(), v.nonEmpty()),
    part: v.pipe(v.number(), v.integer(), v.minValue(1)),
    profile: v.pipe(v.string(), v.nonEmpty()),
    account: v.string(),
    state: v.picklist(['announced', 'queued', 'sent', 'gone']),
    at: date,
    update: v.optional(v.string()),
    sent: fingerprint,
    seen: v.optional(fingerprint),
    run: v.optional(v.string()),
    content: v.optional(content),
  }),
  v.check(({ state, update }) => state === 'announced' || update !== undefined),
);

/**
 * Reads a record, also one in which a merge left its marks: then what both sides have is in it.
 * @throws UnreadableRecord
 */
export function parseRecord(text: string): RecordEntry[] {
  const json = text.replace(/^\uFEFF/u, '');
  return united(readWhole(json) ?? readLines(json));
}

/** All of it as JSON, however a formatter of the repository set it; undefined where it is none. */
function readWhole(json: string): RecordEntry[] | undefined {
  const whole = parsed(json);
  if (!Array.isArray(whole)) return undefined;
  const read = whole.map(entryOf);
  return read.includes(undefined) ? undefined : read.filter((each) => each !== undefined && each !== 'head');
}

/** Line by line, with the marks that a merge left. @throws UnreadableRecord */
function readLines(text: string): RecordEntry[] {
  const entries: RecordEntry[] = [];
  let isBase = false;
  for (const [index, raw] of text.split(/\r?\n/u).entries()) {
    // What both sides began with is between two marks of its own, where Git is told to show it.
    if (raw.startsWith('|||||||')) isBase = true;
    else if (raw.startsWith('=======')) isBase = false;
    if (isBase || /^(?:<{7}|={7}|>{7})/u.test(raw)) continue;
    const line = raw
      .trim()
      .replace(/^[[,]\s*/u, '')
      .replace(/\]$/u, '')
      .trim();
    if (line === '') continue;
    const read = entryOf(parsed(line));
    if (read === undefined) throw new UnreadableRecord(index + 1);
    if (read !== 'head') entries.push(read);
  }
  return entries;
}

/**
 * Writes a record: an entry a line, sorted, so that a change is a line in a diff. Each line begins with what sets it
 * apart from the one before: whoever adds one touches no other, and Git merges two that were added at different places.
 */
export function formatRecord(entries: readonly RecordEntry[]): string {
  const lines = united(entries).map((each) => `,${JSON.stringify(ordered(each))}\n`);
  return `[{"version":${version}}\n${lines.join('')}]\n`;
}

/** All that is in any of these. Of one post at one profile, and of one update, what is known best. */
export function united(entries: readonly RecordEntry[]): RecordEntry[] {
  const best = new Map<string, RecordEntry>();
  for (const raw of entries) {
    const each = { ...raw, post: normalPath(raw.post) };
    // An update is one post's; where its file was renamed on one side, that is what was noted later.
    const key = each.update === undefined ? entryKey(each) : `${each.account}\0${each.update}`;
    const known = best.get(key);
    if (!known || isBetter(each, known)) best.set(key, each);
  }
  const all = [...best.values()];
  const byKey = groupBy(all, entryKey);
  return all.filter((each) => !byKey.get(entryKey(each))!.some((other) => isSuperseded(each, other))).sort(inOrder);
}

/** The name of a post at a profile. */
export function entryKey({ post, part, profile, account }: Pick<RecordEntry, 'post' | 'part' | 'profile' | 'account'>): string {
  return [normalPath(post), part, profile, account].join('\0');
}

/** A path as the record has it: a Mac writes letters in another form than all others. */
export function normalPath(path: string): string {
  return path.replace(/\\/gu, '/').normalize('NFC');
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function entryOf(json: unknown): RecordEntry | 'head' | undefined {
  if (v.is(v.strictObject({ version: v.literal(version) }), json)) return 'head';
  const read = v.safeParse(entry, json);
  return read.success ? read.output : undefined;
}

/** Whether another entry of the same post at the same profile leaves nothing to be known from this one. */
function isSuperseded({ state, at }: RecordEntry, other: RecordEntry): boolean {
  // One that was deleted at Buffer was made again, or is just about to be.
  if (state === 'gone') return other.state === 'announced' ? other.at > at : other.state !== 'gone';
  // What was announced is made by now, or was found.
  return state === 'announced' && (other.state === 'gone' ? other.at >= at : other.state !== 'announced');
}

const ranks: Readonly<Record<EntryState, number>> = { announced: 0, queued: 1, gone: 2, sent: 3 };

/** What is over stays over; else the later note is the better one. */
function isBetter(one: RecordEntry, other: RecordEntry): boolean {
  if (one.state !== other.state) return ranks[one.state] > ranks[other.state];
  if (one.at.getTime() !== other.at.getTime()) return one.at > other.at;
  // Whoever reads it, and in whichever order: the same.
  return JSON.stringify(ordered(one)) > JSON.stringify(ordered(other));
}

function inOrder(a: RecordEntry, b: RecordEntry): number {
  const [one, other] = [a, b].map(({ post, part, profile, account, update = '' }) => [post, part, profile, account, update] as const);
  for (const [index, value] of one!.entries()) if (value !== other![index]) return value < other![index]! ? -1 : 1;
  return 0;
}

/** Always in the same order of keys, and without those that say nothing. */
function ordered({ post, part, profile, account, state, at, update, sent, seen, run, content: what }: RecordEntry): unknown {
  return {
    post,
    part,
    profile,
    account,
    state,
    at: at.toISOString(),
    update,
    sent: sorted(sent),
    seen: seen && sorted(seen),
    run,
    content: what,
  };
}

function sorted(hashes: Fingerprint): Fingerprint {
  return Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
