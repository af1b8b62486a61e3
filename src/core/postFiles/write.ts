import type { Media, NetworkDetails, Picture, Profile, Update } from '../buffer/model.ts';
import { detailKinds, type DetailName } from '../buffer/networkDetails.ts';
import { defaultDetails, networkNeeds } from '../networks/networkNeeds.ts';
import { instantOf, wallClockAt } from '../time/wallClock.ts';
import { closesFence, escapeLength, isConflictMark, kindOf } from './lines.ts';
import { nameOfNetwork } from './networkNames.ts';
import { nameInFile, quoted } from './profileNames.ts';
import { dateInFile } from './times.ts';

/** What a file of one post says. */
export interface PostToWrite {
  /** As files name them (`nameInFile`). */
  readonly profiles: readonly string[];
  /** `queue`, `next`, `draft` or a time (`timeToWrite`). */
  readonly when: string;
  readonly text: string;
  /** The network whose `details` these are. */
  readonly service?: string;
  readonly media?: Media;
  readonly details?: NetworkDetails;
  readonly tags?: readonly string[];
  readonly isReminder?: boolean;
}

/** An update that waits, as a file that says the same. @param profiles  all of the account: names are told apart among them */
export function fileOf(update: Update, profile: Profile, profiles: readonly Profile[]): string {
  const { text, media, details, tags, isReminder, service, status, isFixedTime, dueAt } = update;
  return writePost({
    profiles: [nameInFile(profile, profiles)],
    when: status === 'draft' ? 'draft' : isFixedTime && dueAt ? timeToWrite(dueAt, profile.timeZone) : 'queue',
    text,
    service,
    media,
    details: details?.board === undefined ? details : { ...details, board: boardName(details.board, profile) },
    tags: tags?.map(({ name }) => name),
    isReminder,
  });
}

/** What the words of a file's name may take, in bytes: most disks take 255 for the whole of it. */
const mostBytes = 120;

/**
 * A name for the file of an update: what tells a person which it is. It begins with the time, so that files that are
 * queued anew, in their order, come to be in the same order.
 */
export function fileNameFor({ service, text, dueAt, id }: Update, timeZone: string): string {
  const wall = dueAt && wallClockAt(dueAt, timeZone).toISOString();
  const time = wall ? `${wall.slice(0, 10)}-${wall.slice(11, 16).replace(':', '')}-` : '';
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const said = words
    .slice(0, 6)
    .map((word) => [...word].slice(0, 20).join(''))
    .join('-');
  const slug = withinBytes(said, mostBytes).replace(/-$/u, '');
  return `${time}${nameOfNetwork(service)}-${slug || id}.buffer.md`;
}

/** As many letters from the beginning as fit, whole. */
function withinBytes(text: string, most: number): string {
  let left = most;
  let kept = '';
  for (const letter of text) {
    left -= Buffer.byteLength(letter);
    if (left < 0) break;
    kept += letter;
  }
  return kept;
}

/** A time as a file says it, so that it is the same instant when it is read in that zone. */
export function timeToWrite(at: Date, timeZone: string): string {
  const wall = wallClockAt(at, timeZone);
  // Of two hours that clocks show, the second one needs its offset.
  const isTold = wall.getUTCMilliseconds() === 0 && instantOf(wall, timeZone).getTime() === at.getTime();
  return isTold ? dateInFile(at, timeZone) : at.toISOString().replace('.000Z', 'Z');
}

/** A file of one post. `parsePostFile` reads the same from it. */
export function writePost({ profiles, when, text, service, media, details = {}, tags = [], isReminder }: PostToWrite): string {
  const lines = ['---', `profiles: [${profiles.map(quoted).join(', ')}]`, `when: ${when}`];
  const pictures = [...picturesOf(media).map((each) => [each, 1] as const), ...partPicturesOf(details)];
  if (pictures.length) lines.push('images:', ...pictures.map(([picture, part]) => `  - ${pictureLine(picture, part)}`));
  if (media?.link !== undefined)
    lines.push('link:', ...keysOf({ url: media.link, title: media.title, description: media.description, image: media.picture }));
  else if (media?.video !== undefined) {
    const cover = media.coverAt === undefined ? undefined : String(media.coverAt / 1000);
    lines.push('video:', ...keysOf({ src: media.video, title: media.title, cover }));
  } else if (media?.document !== undefined)
    lines.push('document:', ...keysOf({ src: media.document, title: media.title, cover: media.cover }));
  if (tags.length) lines.push(`tags: [${tags.map(quoted).join(', ')}]`);
  if (isReminder) lines.push('reminder: true');
  const said = service === undefined ? [] : detailLines(service, details);
  if (said.length) lines.push(`${nameOfNetwork(service!)}:`, ...said);
  lines.push('---');
  const parts = [text, ...(details.thread ?? [])].map(escaped);
  return `${lines.join('\n')}\n${parts.map((part) => part.join('\n')).join('\n\n---thread---\n')}\n`;
}

/** The lines of a text, with a backslash in front of those that would be read as something else. */
export function escaped(text: string): string[] {
  const lines = text.replaceAll(/\r\n?/gu, '\n').split('\n');
  if (lines.length === 1 && lines[0] === '') return [];
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const written: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const found = kindOf(line);
    if (found.kind === 'blank') {
      const isAtEnd = first < 0 || index < first || index > last;
      written.push(isAtEnd ? `\\${line}` : line);
      continue;
    }
    if (found.kind === 'fence') {
      const end = lines.findIndex((each, at) => at > index && closesFence(each, found.fence));
      const block = lines.slice(index, end + 1);
      if (end > index && !block.some(isConflictMark)) {
        written.push(...block);
        index = end;
        continue;
      }
    }
    written.push(found.kind === 'text' && escapeLength(line) === 0 ? line : `\\${line}`);
  }
  return written;
}

function picturesOf(media: Media | undefined): Picture[] {
  if (media?.picture === undefined || media.link !== undefined || media.video !== undefined || media.document !== undefined) return [];
  const { picture: url, description, taggedUsers, more = [] } = media;
  return [{ url, description, taggedUsers }, ...more];
}

function partPicturesOf({ threadPictures = [] }: NetworkDetails): (readonly [Picture, number])[] {
  return threadPictures.flatMap((pictures, index) => pictures.map((each) => [each, index + 2] as const));
}

function pictureLine({ url, description, taggedUsers }: Picture, part: number): string {
  const people = taggedUsers?.map(({ handle, x, y }) => `{ handle: ${JSON.stringify(handle)}, x: ${x}, y: ${y} }`);
  const keys = [
    `src: ${quoted(url)}`,
    ...(description ? [`alt: ${quoted(description)}`] : []),
    ...(part > 1 ? [`part: ${part}`] : []),
    ...(people?.length ? [`people: [${people.join(', ')}]`] : []),
  ];
  return `{ ${keys.join(', ')} }`;
}

function keysOf(keys: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(keys).flatMap(([key, value]) => (value ? [`  ${key}: ${quoted(value)}`] : []));
}

function detailLines(service: string, details: NetworkDetails): string[] {
  const usual: NetworkDetails = defaultDetails(service);
  // The service names a kind of post everywhere; a file does where there is a choice.
  const said = new Set<string>(networkNeeds(service).fields.map((field) => field.name));
  return (Object.entries(details) as [DetailName, unknown][]).flatMap(([name, value]) => {
    const kind = detailKinds[name];
    const isUsual = typeof value === 'boolean' ? value === Boolean(usual[name]) : value === usual[name];
    if (!said.has(name) || value === undefined || isUsual || kind === 'texts' || kind === 'pictures') return [];
    const word = value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : `${value as string | boolean}`;
    return word.trim() === '' ? [] : [`  ${name}: ${quoted(word)}`];
  });
}

/** A board by its name, unless two have the same. */
function boardName(id: string, { boards = [] }: Profile): string {
  const name = boards.find((each) => each.id === id)?.name;
  return name !== undefined && boards.filter((each) => each.name.toLowerCase() === name.toLowerCase()).length === 1 ? name : id;
}
