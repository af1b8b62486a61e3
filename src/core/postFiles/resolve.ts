import type { Media, NetworkDetails, NewShareTime, NewUpdate, Picture, Profile, Service } from '../buffer/model.ts';
import { detailKinds, type DetailName } from '../buffer/networkDetails.ts';
import { fieldsFor, networkNeeds, takenDetails, youtubeCategories } from '../networks/networkNeeds.ts';
import { networkOf, takesRemindersOnly } from '../networks/networks.ts';
import type { PostFilesConfig } from './config.ts';
import { detailChoices } from './frontMatter.ts';
import { networkNamed } from './networkNames.ts';
import { type Post, textOf, type Written, type WrittenPicture } from './postFile.ts';
import { problem, type Problem } from './problem.ts';
import { findProfile, type ProfileWritten, readProfile } from './profileNames.ts';
import { isAddress, pathFrom } from './repositoryFiles.ts';
import { dateInFile, isTimeZone, readWhen } from './times.ts';

/** What is known where a file is read. */
export interface Surroundings {
  readonly config: PostFilesConfig;
  readonly now: Date;
  /** Those of the account; undefined where nobody is signed in: what they alone tell stays unknown. */
  readonly profiles?: readonly Profile[];
  /** The network that the file's path names (`filesOf`). */
  readonly network?: string;
}

/** What a post is for one of its profiles. */
export interface Target {
  /** The profile as it is written. */
  readonly written: Written;
  readonly service: Service;
  /** Unknown without an account. */
  readonly profile?: Profile;
  readonly text: string;
  /** A picture that begins with no `https://` is a path in the repository: `addressed` says where it is served from. */
  readonly media?: Media;
  /** With the parts of the thread. */
  readonly details: NetworkDetails;
  /** Undefined where that cannot be told, or is not as it should be. */
  readonly when?: NewShareTime;
  /** Its time has passed. */
  readonly isLate: boolean;
  readonly tagNames: readonly string[];
  readonly isReminder: boolean;
}

/**
 * What a post means for each of its profiles.
 * @returns `targets` of all profiles that could be told, and what is wrong; nothing may be sent while there is an error
 */
export async function resolve(
  post: Post,
  around: Surroundings,
): Promise<{ readonly targets: readonly Target[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const tell = (...found: readonly Problem[]) => problems.push(...found);
  const targets: Target[] = [];
  const seen = new Set<string>();
  const zone = zoneOf(post, around.config, tell);
  const hasZone = problems.length === 0;
  const media = mediaOf(post, tell);
  for (const written of profilesOf(post, around, tell)) {
    // What the configuration names stands nowhere in the file: nothing in it is to be replaced.
    const isWritten = post.profiles.includes(written);
    const tellOf = ({ fix, ...found }: Problem) => tell({ ...found, ...(isWritten && fix && { fix }) });
    const named = readProfile(written);
    if ('code' in named) {
      tellOf(named);
      continue;
    }
    const profile = around.profiles && findProfile(named, written, around.profiles);
    if (profile && 'code' in profile) {
      tellOf(profile);
      continue;
    }
    if (!profile && !networkNamed(named.service)) {
      tell(problem('unknownNetwork', written.range, [named.service]));
      continue;
    }
    const key = profile?.id ?? keyOf(named);
    if (seen.has(key)) {
      tellOf(problem('duplicateProfile', written.range, [written.value], { fix: { kind: 'remove', range: written.range, text: '' } }));
      continue;
    }
    seen.add(key);
    if (profile?.isDisconnected) tell(problem('disconnectedProfile', written.range, [written.value], { severity: 'warning' }));
    if (profile?.isLocked) tell(problem('lockedProfile', written.range, [written.value], { severity: 'warning' }));
    const timeZone = zone ?? profile?.timeZone;
    const { when, isLate } = await whenOf(
      post,
      around,
      timeZone,
      hasZone ? tell : (...found) => tell(...found.filter(({ code }) => code !== 'noZone')),
    );
    const service = named.service;
    const details = await detailsOf(post, service, profile, timeZone, around.now, tell);
    targets.push({
      written,
      service,
      ...(profile && { profile }),
      text: textOf(post, service).parts[0]!.text,
      ...(media && { media }),
      details,
      ...(when !== undefined && { when }),
      isLate,
      tagNames: [...new Set((post.tags?.map(({ value }) => value) ?? around.config.tags).map((each) => each.normalize('NFC')))],
      isReminder: post.isReminder?.value ?? false,
    });
  }
  return { targets, problems: once(problems) };
}

/**
 * The new update of a target whose profile is known.
 * @param tagIds  of its `tagNames`
 */
export function newUpdateOf(
  target: Target & { readonly profile: Profile; readonly when: NewShareTime },
  tagIds: readonly string[] = [],
): NewUpdate {
  const { profile, text, when, media, details, isReminder } = target;
  return {
    profileIds: [profile.id],
    text,
    when,
    ...(media && { media }),
    ...(Object.keys(details).length && { details: { [profile.id]: details } }),
    ...(isReminder && { isReminder }),
    ...(takesRemindersOnly(profile) && { reminded: [profile.id] }),
    ...(tagIds.length && { tagIds }),
  };
}

/** The pictures of a target that stand in the repository, by their paths. */
export function localFilesOf({ media, details }: Pick<Target, 'media' | 'details'>): readonly string[] {
  const addresses = [
    ...(media ? [media.picture, media.video, media.document, media.cover, ...(media.more ?? []).map(({ url }) => url)] : []),
    ...(details.threadPictures ?? []).flat().map(({ url }) => url),
  ];
  return [...new Set(addresses.filter((each) => each !== undefined && !isAddress(each)) as string[])];
}

/** The same target with addresses in place of the repository's paths. */
export function addressed<Some extends Pick<Target, 'media' | 'details'>>(target: Some, addressOf: (path: string) => string): Some {
  const to = <Address extends string | undefined>(address: Address) =>
    (address === undefined || isAddress(address) ? address : addressOf(address)) as Address;
  const pictures = (all: readonly Picture[]) => all.map((each) => ({ ...each, url: to(each.url) }));
  const { media, details } = target;
  return {
    ...target,
    ...(media && {
      media: {
        ...media,
        ...(media.picture !== undefined && { picture: to(media.picture) }),
        ...(media.video !== undefined && { video: to(media.video) }),
        ...(media.document !== undefined && { document: to(media.document) }),
        ...(media.cover !== undefined && { cover: to(media.cover) }),
        ...(media.more && { more: pictures(media.more) }),
      },
    }),
    details: { ...details, ...(details.threadPictures && { threadPictures: details.threadPictures.map(pictures) }) },
  };
}

type Tell = (...found: readonly Problem[]) => void;

const keyOf = ({ service, handle = '' }: ProfileWritten): string =>
  `${service}/${handle.replace(/^@/u, '').normalize('NFKC').toLowerCase()}`;

/** The profiles as they are written, else those of the configuration; of a file whose path names a network, that one's. */
function profilesOf({ profiles, frontMatter, range }: Post, { config, network }: Surroundings, tell: Tell): readonly Written[] {
  const place = frontMatter ?? { start: range.start, end: range.start };
  const named = profiles.length ? profiles : config.profiles.map((value) => ({ value, range: place }));
  if (network === undefined) {
    if (named.length === 0) tell(problem('noProfiles', place));
    return named;
  }
  const service = networkNamed(network);
  if (!service) {
    tell(problem('unknownNetwork', place, [network]));
    return [];
  }
  const ofNetwork = named.filter((each) => {
    const read = readProfile(each);
    return !('code' in read) && read.service === service;
  });
  return ofNetwork.length ? ofNetwork : [{ value: network, range: place }];
}

function zoneOf({ timeZone }: Post, { timezone }: PostFilesConfig, tell: Tell): string | undefined {
  if (!timeZone) return timezone;
  if (isTimeZone(timeZone.value)) return timeZone.value;
  tell(problem('unknownZone', timeZone.range, [timeZone.value]));
  return undefined;
}

async function whenOf(
  { when: written }: Post,
  { config, now }: Surroundings,
  timeZone: string | undefined,
  tell: Tell,
): Promise<{ readonly when?: NewShareTime; readonly isLate: boolean }> {
  if (!written) return { when: config.when, isLate: false };
  const { value, range } = written;
  const meant = await readWhen(value, timeZone, now);
  switch (meant.kind) {
    case 'queue':
    case 'next':
    case 'draft':
      return { when: meant.kind, isLate: false };
    case 'now':
      tell(problem('notNow', range, [], { fix: { kind: 'replace', range, text: 'next' } }));
      return { isLate: false };
    case 'noZone':
      tell(problem('noZone', range, [], { severity: 'hint' }));
      return { isLate: false };
    case 'several':
    case 'noSuchTime':
      tell(problem(meant.kind, range, [value]));
      return { isLate: false };
    case 'unknown':
      tell(problem('unknownTime', range, [value]));
      return { isLate: false };
    case 'words': {
      const text = dateInFile(meant.at, timeZone!);
      tell(problem('timeInWords', range, [value, text], { fix: { kind: 'fixDate', range, text } }));
      return { when: { at: meant.at }, isLate: meant.at <= now };
    }
    case 'at': {
      const isLate = meant.at <= now;
      if (isLate) tell(problem('past', range, [], { severity: 'warning' }));
      return { when: isLate && config.late === 'next' ? 'next' : { at: meant.at }, isLate };
    }
  }
}

function mediaOf(post: Post, tell: Tell): Media | undefined {
  const { pictures, video, document, link } = post;
  const [first, ...more] = pictures.filter(({ part }) => part === 1).map((each) => pictureOf(post, each, tell));
  const kinds = [first && pictures[0]!, video, document, link].filter((each) => each !== undefined);
  for (const each of kinds.slice(1)) tell(problem('severalMedia', each.range));
  const of = (written: Written) => addressOf(post, written, tell);
  const title = (written: Written | undefined) => written && { title: written.value };
  if (first)
    return {
      picture: first.url,
      ...(first.description !== undefined && { description: first.description }),
      ...(first.taggedUsers && { taggedUsers: first.taggedUsers }),
      ...(more.length && { more }),
    };
  if (video) return { video: of(video.src), ...title(video.title), ...(video.coverAt !== undefined && { coverAt: video.coverAt }) };
  if (document) return { document: of(document.src), ...title(document.title), ...(document.cover && { cover: of(document.cover) }) };
  if (link)
    return {
      // A page is nowhere in the repository.
      link: secureAddress(link.url, tell),
      ...title(link.title),
      ...(link.description && { description: link.description.value }),
      ...(link.image && { picture: of(link.image) }),
    };
  return undefined;
}

function pictureOf(post: Post, { src, alt, people }: WrittenPicture, tell: Tell): Picture {
  return {
    url: addressOf(post, src, tell),
    ...(alt && { description: alt.value }),
    ...(people && { taggedUsers: people }),
  };
}

function secureAddress({ value, range }: Written, tell: Tell): string {
  if (!/^https:/iu.test(value) || !URL.canParse(value)) tell(problem('insecureAddress', range));
  return value;
}

function addressOf({ path }: Post, { value, range }: Written, tell: Tell): string {
  if (isAddress(value)) return secureAddress({ value, range }, tell);
  const local = pathFrom(path, value);
  if (local === undefined) tell(problem('outside', range));
  return local ?? value;
}

async function detailsOf(
  post: Post,
  service: Service,
  profile: Profile | undefined,
  timeZone: string | undefined,
  now: Date,
  tell: Tell,
): Promise<NetworkDetails> {
  const { label } = networkOf(service);
  const said: Partial<Record<DetailName, unknown>> = {};
  const written = Object.entries(post.details[service] ?? {}) as [DetailName, Written][];
  for (const [name, word] of written) said[name] = await detailOf(name, word, { service, profile, timeZone, now, tell });
  const parts = textOf(post, service).parts.slice(1);
  const takesThread = networkNeeds(service).fields.some(({ name }) => name === 'thread') || !networkNamed(service);
  if (parts.length && !takesThread) tell(problem('noThreads', parts[0]!.range, [label]));
  if (parts.length) {
    said.thread = parts.map(({ text }) => text);
    const pictures = parts.map((_, index) =>
      post.pictures.filter(({ part }) => part === index + 2).map((each) => pictureOf(post, each, tell)),
    );
    said.threadPictures = pictures;
  }
  for (const { part, range } of post.pictures)
    if (part > parts.length + 1 && takesThread) tell(problem('partWithoutThread', range, [part], { severity: 'warning' }));
  const details = said as NetworkDetails;
  const taken = takenDetails(service, details);
  const asked = new Set<string>(fieldsFor(service, details).map(({ name }) => name));
  for (const [name, word] of written)
    if (!asked.has(name) && networkNamed(service)) tell(problem('detailNotFor', word.range, [name, label], { severity: 'warning' }));
  return taken;
}

async function detailOf(
  name: DetailName,
  { value, range }: Written,
  around: {
    readonly service: Service;
    readonly profile: Profile | undefined;
    readonly timeZone: string | undefined;
    readonly now: Date;
    readonly tell: Tell;
  },
): Promise<unknown> {
  const { service, profile, timeZone, now, tell } = around;
  const word = value.trim();
  switch (detailKinds[name]) {
    case 'flag':
      if (word === 'true' || word === 'false') return word === 'true';
      tell(problem('takesFlag', range, [name]));
      return undefined;
    case 'choice': {
      const byName = service === 'youtube' && name === 'category' ? categoryNamed(word) : undefined;
      const chosen = byName ?? word;
      const choices = detailChoices(service, name);
      if (choices.length === 0 || choices.includes(chosen)) return chosen;
      tell(problem('takesChoice', range, [name, choices.join(', ')]));
      return undefined;
    }
    case 'time': {
      const meant = await readWhen(word, timeZone, now);
      if (meant.kind === 'at') return meant.at;
      if (meant.kind === 'words') {
        const text = dateInFile(meant.at, timeZone!);
        tell(problem('timeInWords', range, [word, text], { fix: { kind: 'fixDate', range, text } }));
        return meant.at;
      }
      if (meant.kind === 'noZone') tell(problem('noZone', range, [], { severity: 'hint' }));
      else tell(problem('unknownTime', range, [word]));
      return undefined;
    }
    case 'board': {
      if (!profile) return undefined;
      const board = profile.boards?.find((each) => each.id === word || each.name.toLowerCase() === word.toLowerCase());
      if (!board) tell(problem('unknownBoard', range, [profile.name, word]));
      return board?.id;
    }
    case 'address':
      if (!/^https?:\/\//iu.test(word) || !URL.canParse(word)) tell(problem('insecureAddress', range));
      return word;
    default:
      return value;
  }
}

/** The number of a category of YouTube. */
function categoryNamed(name: string): string | undefined {
  return Object.entries(youtubeCategories).find(([, each]) => each.toLowerCase() === name.toLowerCase())?.[0];
}

/** The same problem at the same place is told once: what several networks have is told of all of them. */
export function once(problems: readonly Problem[]): Problem[] {
  const found = new Map<string, Problem[]>();
  for (const each of problems) {
    const { code, severity, values, range } = each;
    // The first value is the network, or what stands there itself.
    const key = JSON.stringify([code, severity, range.start.offset, range.end.offset, values.slice(1)]);
    const same = found.get(key);
    if (!same) found.set(key, [each]);
    else if (same.every(({ message }) => message !== each.message)) same.push(each);
  }
  return [...found.values()].map(([first, ...others]) => {
    const { code, values, range, severity, fix } = first!;
    const names = [first!, ...others].map((each) => each.values[0]!);
    return others.length === 0 ? first! : problem(code, range, [names.join(', '), ...values.slice(1)], { severity, ...(fix && { fix }) });
  });
}
