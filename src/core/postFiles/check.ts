import type { Configuration, Service } from '../buffer/model.ts';
import { fieldsFor, isGif, missingFor, networkNeeds } from '../networks/networkNeeds.ts';
import { networkOf } from '../networks/networks.ts';
import { unsendableIn } from '../networks/unsendable.ts';
import type { DetailName } from '../buffer/networkDetails.ts';
import { lazily } from '../async/lazily.ts';
import { filesOf } from './config.ts';
import type { KeyNames } from './frontMatter.ts';
import { parsePostFile } from './parse.ts';
import { offsetIn, type ParsedFile, type PartText, type Post, textOf } from './postFile.ts';
import type { TextRange } from './place.ts';
import { closest } from './closest.ts';
import { problem, type Problem, type ProblemCode } from './problem.ts';
import { quoted } from './profileNames.ts';
import { isAddress, pathFrom, type RepositoryFiles } from './repositoryFiles.ts';
import { once, resolve, type Surroundings, type Target } from './resolve.ts';

/** What a check knows beside the file. */
export interface CheckSurroundings extends Surroundings {
  /** What networks allow, where the service told. */
  readonly limits?: Configuration;
  /** Where pictures are looked for; they are not where left out. */
  readonly files?: Pick<RepositoryFiles, 'stat' | 'realpath'>;
  /** The names of the account's tags, where they are known: what is queued with another one would be without it. */
  readonly tagNames?: readonly string[];
  /** Those that were seen so far: another one may be there all the same. */
  readonly seenTags?: readonly string[];
  /** Why Buffer could not fetch a file of the repository, as far as that is known without asking anybody. */
  readonly unserved?: (path: string) => Promise<'notServed' | 'notPushed' | undefined>;
}

/** How many characters a part of a post has for a network. */
export interface PartCount {
  readonly service: Service;
  /** 0 is the post, and 1 what follows it in its thread. */
  readonly part: number;
  readonly count: number;
  /** Infinity where nobody tells. */
  readonly limit: number;
}

export interface CheckedPost {
  readonly post: Post;
  readonly targets: readonly Target[];
  readonly counts: readonly PartCount[];
}

export interface CheckedFile {
  readonly parsed: ParsedFile;
  readonly posts: readonly CheckedPost[];
  /** By their places. */
  readonly problems: readonly Problem[];
}

/** Reads a file of posts, and holds it against what its networks take. Sends nothing and asks no service. */
export async function checkFile(path: string, text: string, around: CheckSurroundings): Promise<CheckedFile> {
  const names: KeyNames = around.config;
  const parsed = parsePostFile(path, text, names);
  const network = around.network ?? filesOf(around.config)(parsed.path)?.network;
  const problems: Problem[] = [...parsed.problems];
  const posts: CheckedPost[] = [];
  for (const post of parsed.posts) {
    const { targets, problems: found } = await resolve(post, { ...around, ...(network !== undefined && { network }) });
    const told = [...found];
    const counts = await checkPost(post, targets, parsed, around, (each) => told.push(each));
    const isTold = problems.some(({ code }) => code === 'noProfiles');
    problems.push(...ofCauses(post, parsed, told).filter(({ code }) => !isTold || code !== 'noProfiles'));
    posts.push({ post, targets, counts });
  }
  return { parsed, posts, problems: once(problems).sort((one, other) => one.range.start.offset - other.range.start.offset) };
}

/** What is told of something that is not there. */
const missing: ReadonlySet<ProblemCode> = new Set([
  ...(['noProfiles', 'noText', 'needsPicture', 'needsVideo', 'needsPictureOrVideo', 'needsDetail', 'unusedVariant'] as const),
  ...(['noThreads', 'partWithoutThread', 'detailNotFor', 'noAltText'] as const),
]);

/** What leaves out something that is there: a word that is not known. */
const unread: ReadonlySet<ProblemCode> = new Set([
  ...(['unknownKey', 'unknownKeyMeant', 'duplicateKey', 'notAMap', 'alias', 'takesOne', 'takesKeys', 'emptyValue', 'takesFlag'] as const),
  ...(['unknownNetwork', 'unknownNetworkMeant', 'profileWithoutNetwork', 'unknownProfile', 'unknownProfileMeant'] as const),
  ...(['ambiguousProfile', 'unknownDetail', 'unknownDetailMeant', 'takesChoice', 'unknownMark', 'unknownMarkMeant'] as const),
  ...(['unknownDivider', 'unclosedFence', 'emptyPost'] as const),
]);

/** The same without what only comes of something else that is told. */
function ofCauses({ isBroken, range }: Post, { posts, problems }: ParsedFile, told: readonly Problem[]): readonly Problem[] {
  if (isBroken) return [];
  // What stands above the first post, or in its front matter, can be for all.
  const isIn = ({ start: { offset } }: TextRange, { start, end }: TextRange) =>
    offset === start.offset || (offset > start.offset && offset < end.offset);
  const isOwn = ({ range: at }: Problem) => at.start.offset < posts[0]!.range.end.offset || isIn(at, range);
  // Only an error may hide another one: nothing is sent before it is mended, and then the other is told.
  const isAnyUnread = [...problems.filter(isOwn), ...told].some(({ code, severity }) => severity === 'error' && unread.has(code));
  return isAnyUnread ? told.filter(({ code }) => !missing.has(code)) : told;
}

type Tell = (problem: Problem) => void;

/** What counts as X does takes long to load, and no file without a post needs it. */
const counting = lazily(() => Promise.all([import('../networks/characterCount.ts'), import('../networks/textHints.ts')]));

async function checkPost(
  post: Post,
  targets: readonly Target[],
  parsed: ParsedFile,
  around: CheckSurroundings,
  tell: Tell,
): Promise<PartCount[]> {
  const counts: PartCount[] = [];
  const services = new Set<Service>();
  for (const target of targets) {
    checkMissing(post, target, tell);
    if (services.has(target.service)) continue;
    services.add(target.service);
    counts.push(...(await checkTexts(post, target, parsed, around, tell)));
    checkPictures(post, target, tell);
    checkDetails(post, target, tell);
  }
  if (targets.length)
    for (const [service, { mark }] of Object.entries(post.variants))
      if (mark && !services.has(service)) tell(problem('unusedVariant', mark, [networkOf(service).label], { severity: 'warning' }));
  for (const { alt, range, altRange = range, altFix } of post.pictures)
    if (!alt) tell(problem('noAltText', altRange, [], { severity: 'warning', ...(altFix && { fix: altFix }) }));
  checkTags(post, around, tell);
  await checkFiles(post, around, tell);
  return counts;
}

function checkTags({ tags, frontMatter, range: ofPost }: Post, { config, tagNames, seenTags = [] }: CheckSurroundings, tell: Tell): void {
  const names = (tagNames ?? seenTags).map((name) => name.normalize('NFC'));
  if (names.length === 0 && !tagNames) return;
  const known = new Set(names);
  const severity = tagNames ? 'error' : 'warning';
  // The configuration's stand nowhere in the file: nothing in it is to be replaced.
  const place = frontMatter ?? { start: ofPost.start, end: ofPost.start };
  const usual = tagNames ? config.tags : [];
  for (const { value, range } of tags ?? usual.map((each) => ({ value: each, range: place }))) {
    if (known.has(value.normalize('NFC'))) continue;
    const meant = closest(value, names);
    if (meant === undefined) tell(problem('unknownTag', range, [value], { severity }));
    else {
      const fix = tags && ({ kind: 'replace', range, text: quoted(meant) } as const);
      tell(problem('unknownTagMeant', range, [value, meant], { severity, fix }));
    }
  }
}

function checkMissing(post: Post, target: Target, tell: Tell): void {
  const { service, text, media, details, written } = target;
  const { label } = networkOf(service);
  // Without an account nobody knows its boards.
  const isUnknown = (name: DetailName) => name === 'board' && !target.profile && post.details[service]?.board !== undefined;
  for (const missing of missingFor(service, { text, media, details })) {
    if (missing.kind === 'text') tell(problem('noText', textOf(post, service).mark ?? written.range, [label]));
    else if (missing.kind === 'attachment') {
      const [only] = missing.oneOf;
      const code = missing.oneOf.length > 1 ? 'needsPictureOrVideo' : only === 'video' ? 'needsVideo' : 'needsPicture';
      tell(problem(code, written.range, [label]));
    } else if (missing.kind === 'linkInText') tell(problem('linkInText', post.link?.range ?? written.range, [label]));
    else if (!isUnknown(missing.name)) tell(problem('needsDetail', written.range, [label, missing.name]));
  }
}

async function checkTexts(
  post: Post,
  { service, profile, media, details }: Target,
  parsed: ParsedFile,
  { limits }: CheckSurroundings,
  tell: Tell,
): Promise<PartCount[]> {
  const [{ characterLimit, countCharacters, countWarning, limitBeside }, { textHints }] = await counting();
  const { label } = networkOf(service);
  const allowed = characterLimit(profile ?? { service, serviceType: 'profile' }, limits);
  const warning = details.spoiler ? countWarning(details.spoiler) : 0;
  return textOf(post, service).parts.map((part, index) => {
    const limit = Math.max(0, (index === 0 ? limitBeside(media, service, allowed) : allowed) - warning);
    const { count, overflowsAt, limit: counted } = countCharacters(part.text, service, limit);
    if (overflowsAt !== undefined) tell(problem('tooLong', rangeIn(parsed, part, overflowsAt), [label, count, counted]));
    const unsendable = unsendableIn(part.text);
    if (unsendable) {
      const at = part.text.split('\n', unsendable.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + unsendable.column - 1;
      tell(problem('unsendable', rangeIn(parsed, part, at, at + 1), [unsendable.name]));
    }
    for (const hint of textHints(part.text, service)) tell(problem(hint, part.range, [label], { severity: 'warning' }));
    return { service, part: index, count, limit: counted };
  });
}

function rangeIn(parsed: ParsedFile, part: PartText, from: number, to = part.text.length): TextRange {
  return { start: placeIn(parsed, offsetIn(part, from)), end: placeIn(parsed, offsetIn(part, to)) };
}

function placeIn({ lineStarts }: ParsedFile, offset: number): TextRange['start'] {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { offset, line: low, column: offset - lineStarts[low]! };
}

function checkPictures({ pictures }: Post, { service }: Target, tell: Tell): void {
  const { label } = networkOf(service);
  const { pictures: most, gif, altText } = networkNeeds(service);
  for (const part of new Set(pictures.map((each) => each.part))) {
    const ofPart = pictures.filter((each) => each.part === part);
    const extra = most !== undefined && ofPart[most];
    if (extra) tell(problem('tooManyPictures', extra.range, [label, most]));
    for (const { src } of ofPart) {
      if (!gif || !isGif(src.value)) continue;
      if (gif === 'none') tell(problem('noGif', src.range, [label]));
      else if (ofPart.length > 1) tell(problem('gifAlone', src.range, [label]));
    }
  }
  for (const { alt } of pictures)
    if (alt && altText !== undefined && alt.value.length > altText)
      tell(problem('altTextTooLong', alt.range, [label, alt.value.length, altText]));
}

function checkDetails(post: Post, { service, details, media }: Target, tell: Tell): void {
  const { label } = networkOf(service);
  for (const { name, characters, charactersWith, inCodePoints } of fieldsFor(service, details)) {
    const said = post.details[service]?.[name];
    if (!said || characters === undefined) continue;
    if (charactersWith && !(charactersWith === 'video' ? media?.video : media?.picture)) continue;
    const count = inCodePoints ? [...said.value].length : said.value.length;
    if (count > characters) tell(problem('detailTooLong', said.range, [name, label, count, characters]));
  }
}

/** Pictures are there, within the repository, and what networks show. */
async function checkFiles(post: Post, { files, unserved }: CheckSurroundings, tell: Tell): Promise<void> {
  const { pictures, video, document, link } = post;
  const named = [...pictures.map(({ src }) => ({ src, isPicture: true }))];
  for (const each of [video?.src, document?.src]) if (each) named.push({ src: each, isPicture: false });
  for (const each of [document?.cover, link?.image]) if (each) named.push({ src: each, isPicture: true });
  for (const { src, isPicture } of named) {
    if (isAddress(src.value)) continue;
    const path = pathFrom(post.path, src.value);
    if (path === undefined) continue;
    const found = await files?.stat(path);
    if (files && !found?.isFile) tell(problem('missingFile', src.range, [path]));
    else if (isPicture && !/\.(?:png|jpe?g|gif|webp)$/iu.test(path)) tell(problem('notAPicture', src.range));
    else if (!files) continue;
    else if ((await files.realpath(path)) === undefined) tell(problem('outside', src.range));
    else {
      const why = await unserved?.(path);
      if (why) tell(problem(why, src.range, [path], { severity: why === 'notServed' ? 'warning' : 'hint' }));
    }
  }
}
