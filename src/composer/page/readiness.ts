import * as l10n from '@vscode/l10n';
import type { NetworkDetails } from '../../core/buffer/model.ts';
import { detailKinds } from '../../core/buffer/networkDetails.ts';
import { fieldsFor, type Missing, missingFor, networkNeeds } from '../../core/networks/networkNeeds.ts';
import type { ComposerProfile } from '../messages.ts';
import { type Draft, type DraftMedia, hasVariant, picturesOf, textFor } from '../../core/drafts/draft.ts';
import { asFraction, asMoment } from '../../core/drafts/typedNumbers.ts';
import { tagged } from '../../core/networks/utm.ts';
import { textHints } from '../../core/networks/textHints.ts';
import { type Unsendable, unsendableIn } from '../../core/networks/unsendable.ts';
import { isLinkAddress, isPictureAddress } from '../../page/addresses.ts';
import { areAsOpened, areFilesAsOpened, isTextAsOpened } from './asOpened.ts';
import { type ChosenNetwork, chosenNetworks, chosenProfiles, rulesOf } from './chosen.ts';
import { threadKey } from './counting.ts';
import { detailsFor, isWholeDays, mediaSent, partPictures, writtenFor } from './details.ts';
import {
  boardFieldId,
  coverMomentFieldId,
  detailFieldId,
  partPictureFieldId,
  pictureFieldId,
  reminderFieldId,
  removeDetailsId,
  removeTagId,
  taggedUserFieldId,
  textFieldId,
  threadFieldId,
  timeFieldId,
} from './fieldIds.ts';
import { asList, asNumber } from '../../page/format.ts';
import { hintWords } from './hintWords.ts';
import type { Page } from './page.ts';
import { partOfThread, tooMany } from './words.ts';
import { clockTime, knownZone } from './zonedTime.ts';

/** What stands against sending, and the part of the page where it is mended. */
export interface Obstacle {
  readonly reason: string;
  readonly part: 'profiles' | 'text' | 'media' | 'details' | 'when';
  /** The network whose text is to be mended. */
  readonly network?: string;
  /** The id of the field where it is mended. */
  readonly field?: string;
}

/**
 * The first thing that stands against sending; undefined when nothing does. `counts` are those of the page, which lag
 * behind while a long text is typed, or others.
 */
export function obstacle(page: Page, counts = page.counts, now = Date.now()): Obstacle | undefined {
  return (
    profilesObstacle(page) ??
    textObstacle(page, counts) ??
    untakenMedia(page) ??
    mediaObstacle(page) ??
    detailsObstacle(page, counts) ??
    untakenOptions(page) ??
    timeObstacle(page, now)
  );
}

/** What does not stand against sending, and should be known before: most of it would be refused. */
export function warnings(page: Page): string[] {
  const { draft, profiles } = page;
  const chosen = chosenProfiles(page).filter(({ trouble }) => !trouble);
  // An update that is there already takes no more room.
  const notes = draft?.editing && draft.when.kind === 'keep' ? [] : chosen.flatMap(({ notes = [] }) => notes);
  const commented = profiles.abilities.isFree && draft ? chosen.filter((profile) => hasFirstComment(draft, profile)) : [];
  return [
    ...notes,
    ...[...new Set(commented.map(({ network }) => network))].map((network) =>
      l10n.t('{0}: Buffer’s Free plan refuses an update that has a first comment.', network),
    ),
    ...(draft ? chosenNetworks(page).flatMap((network) => hintsOf(draft, network)) : []),
  ];
}

const lastHints = new Map<string, { readonly text: string; readonly hints: string[] }>();

/** They are asked for with each letter, of which one text at a time gets some. */
function hintsOf(draft: Draft, { service, label }: ChosenNetwork): string[] {
  const text = textFor(draft, service);
  const known = lastHints.get(service);
  if (known?.text === text) return known.hints;
  const hints = textHints(text, service).map((hint) => hintWords(hint, label));
  lastHints.set(service, { text, hints });
  return hints;
}

function hasFirstComment(draft: Draft, profile: ComposerProfile): boolean {
  const details = detailsFor(draft, profile);
  return Boolean(details.firstComment?.trim()) && fieldsFor(profile.service, details).some(({ name }) => name === 'firstComment');
}

function profilesObstacle(page: Page): Obstacle | undefined {
  const { status } = page.profiles;
  const part = 'profiles';
  if (status === 'signedOut') return { part, reason: l10n.t('Sign in to Buffer to send it.') };
  const { postRefusal, changeRefusal } = page.profiles.abilities;
  const refusal = page.draft?.editing ? changeRefusal : postRefusal;
  if (refusal) return { part, reason: refusal };
  const chosen = chosenProfiles(page);
  if (chosen.length === 0) {
    if (status === 'loading') return { part, reason: l10n.t('Profiles are loading.') };
    return { part, reason: status === 'failed' ? l10n.t('Profiles could not be loaded.') : l10n.t('Choose a profile.') };
  }
  const troubled = chosen.find(({ trouble }) => trouble);
  return troubled && { part, reason: l10n.t('{0} ({1}): {2}', troubled.name, troubled.network, troubled.trouble!) };
}

function textObstacle(page: Page, counts: Page['counts']): Obstacle | undefined {
  const { draft } = page;
  const at = { part: 'text', field: textFieldId } as const;
  if (!draft) return { ...at, reason: l10n.t('Write something.') };
  const networks = chosenNetworks(page);
  const own = (service: string) => (hasVariant(draft, service) ? service : undefined);
  for (const { service } of networks) {
    if (isTextAsOpened(page, service)) continue;
    const found = unsendableIn(textFor(draft, service));
    if (found) return { ...at, network: own(service), reason: unsendableWords(found) };
  }
  const empty = emptyNetwork(page, draft);
  if (empty) {
    const network = own(empty.service);
    return { ...at, network, reason: network ? l10n.t('The text for {0} is empty.', empty.label) : l10n.t('Write something.') };
  }
  const over = networks.filter(({ service }) => tooMany(counts.get(service)) > 0 && !isCountAsOpened(page, service));
  const [first] = over;
  if (!first) return undefined;
  const network = own(first.service);
  if (over.length > 1) return { ...at, network, reason: l10n.t('Too long for {0}.', asList(over.map(({ label }) => label))) };
  return { ...at, network, reason: l10n.t('Too long for {0} by {1}.', first.label, asNumber(tooMany(counts.get(first.service)))) };
}

/** A content warning counts with the text, and a video may change what is taken. */
function isCountAsOpened(page: Page, service: string): boolean {
  return isTextAsOpened(page, service) && areFilesAsOpened(page) && areAsOpened(page, service, 'spoiler');
}

function unsendableWords({ name, line, column }: Unsendable): string {
  return l10n.t('{0} in line {1}, column {2} cannot be sent. Delete it.', name, asNumber(line), asNumber(column));
}

/** The first network that needs words and gets none. */
function emptyNetwork(page: Page, draft: Draft): { readonly service: string; readonly label: string } | undefined {
  const { details } = page.profiles.abilities;
  const needy = chosenProfiles(page).find((profile) =>
    details ? missingOf(page, profile).some(({ kind }) => kind === 'text') : !textFor(draft, profile.service).trim(),
  );
  return needy && { service: needy.service, label: needy.network };
}

function missingOf(page: Page, profile: ComposerProfile): readonly Missing[] {
  const draft = page.draft!;
  const missing = missingFor(profile.service, {
    text: textFor(draft, profile.service),
    media: mediaSent(draft),
    details: detailsFor(draft, profile),
  });
  return missing.filter((each) => !wasMissing(each, page, profile));
}

/** The chosen networks that show no card of the attached link, and whose text lacks it. */
export function withoutLink(page: Page): readonly ChosenNetwork[] {
  const { draft } = page;
  if (!draft || !page.profiles.abilities.details) return [];
  const lacking = chosenProfiles(page).filter((profile) => missingOf(page, profile).some(({ kind }) => kind === 'linkInText'));
  return chosenNetworks(page).filter(({ service }) => lacking.some((profile) => profile.service === service));
}

/** What is attached, and this service would leave out. */
function untakenMedia({ draft, profiles }: Page): Obstacle | undefined {
  if (!draft || profiles.abilities.details) return undefined;
  const part = 'media';
  const { media } = draft;
  if (media.kind === 'video') return { part, reason: l10n.t('Buffer’s old API takes no video. Choose another attachment.') };
  if (media.kind === 'document') return { part, reason: l10n.t('Buffer’s old API takes no document. Choose another attachment.') };
  const pictures = picturesOf(media);
  if (pictures.length > 1)
    return { part, field: pictureFieldId(1), reason: l10n.t('Buffer’s old API takes only one picture. Remove the others.') };
  return pictures.some(({ taggedUsers }) => taggedUsers?.length)
    ? { part, field: taggedUserFieldId(0, 0), reason: l10n.t('Buffer’s old API takes no tagged accounts. Remove them.') }
    : undefined;
}

/** What goes along with a new update, and this service would leave out. An edit tells neither. */
function untakenOptions(page: Page): Obstacle | undefined {
  const { draft, profiles } = page;
  if (!draft || draft.editing) return undefined;
  const { tags, drafts, details } = profiles.abilities;
  if (draft.when.kind === 'draft' && !drafts)
    return { part: 'when', field: 'when-kind', reason: l10n.t('No draft can be kept at Buffer from here. Choose when it goes out.') };
  const untaken = details ? undefined : chosenNetworks(page).find(({ service }) => writtenFor(draft, service).length > 0);
  if (untaken)
    return {
      part: 'details',
      field: removeDetailsId(untaken.service),
      reason: l10n.t('{0}: only text and attachment can be sent from here. Remove the rest.', untaken.label),
    };
  if (draft.tagIds?.length && !tags)
    return { part: 'details', field: removeTagId(0), reason: l10n.t('Buffer’s old API takes no tags. Remove them.') };
  return draft.isReminder && !drafts
    ? { part: 'when', field: reminderFieldId, reason: l10n.t('Buffer’s old API takes no reminders. Turn it off.') }
    : undefined;
}

function mediaObstacle(page: Page): Obstacle | undefined {
  const { draft } = page;
  if (areFilesAsOpened(page)) return undefined;
  const media = draft?.media;
  const part = 'media';
  if (media?.kind === 'video') {
    if (!isPictureAddress(media.url))
      return {
        part,
        field: 'video-url',
        reason: media.url.trim() ? l10n.t('The video needs an https address.') : l10n.t('The video has no address.'),
      };
  }
  if (media?.kind === 'link') {
    if (!isLinkAddress(media.url))
      return {
        part,
        field: 'link-url',
        reason: media.url.trim() ? l10n.t('The link is not a web address.') : l10n.t('The link has no address.'),
      };
    if (media.picture?.trim() && !isPictureAddress(media.picture))
      return { part, field: 'link-picture', reason: l10n.t('The picture of the link needs an https address.') };
  }
  if (media?.kind === 'video' && media.coverAt?.trim() && asMoment(media.coverAt) === undefined)
    return { part, field: coverMomentFieldId, reason: l10n.t('The cover of the video needs a time, such as 2.5 or 1:05.') };
  if (media?.kind === 'document') return documentObstacle(media);
  const pictures = picturesOf(media);
  for (const [index, { url, taggedUsers = [] }] of pictures.entries()) {
    const at = { part, field: pictureFieldId(index) } as const;
    if (!isPictureAddress(url))
      return { ...at, reason: url.trim() ? l10n.t('The picture needs an https address.') : l10n.t('The picture has no address.') };
    for (const [place, { handle, x, y }] of taggedUsers.entries()) {
      const field = taggedUserFieldId(index, place);
      if (!handle) return { part, field, reason: l10n.t('A tagged account has no name.') };
      if (asFraction(x) === undefined || asFraction(y) === undefined)
        return { part, field, reason: l10n.t('{0} is tagged outside of the picture.', handle) };
    }
  }
  for (const { service, label } of chosenNetworks(page)) {
    const most = networkNeeds(service).pictures;
    if (most !== undefined && pictures.length > most)
      return { part, field: pictureFieldId(most), reason: l10n.t('{0} takes {1} pictures at most.', label, asNumber(most)) };
  }
  return undefined;
}

/** Buffer takes no document without its title and its cover (https://developers.buffer.com/types/DocumentAssetInput). */
function documentObstacle({ url, title, cover = '' }: Extract<DraftMedia, { kind: 'document' }>): Obstacle | undefined {
  const at = (field: string, reason: string): Obstacle => ({ part: 'media', field, reason });
  if (!url.trim()) return at('document-url', l10n.t('The document has no address.'));
  if (!isPictureAddress(url)) return at('document-url', l10n.t('The document needs an https address.'));
  if (!title?.trim()) return at('document-title', l10n.t('The document has no title.'));
  return isPictureAddress(cover) ? undefined : at('document-cover', l10n.t('The document needs a picture with an https address as cover.'));
}

/** What a chosen network asks for and did not get. */
function detailsObstacle(page: Page, counts: Page['counts']): Obstacle | undefined {
  const { draft } = page;
  if (!draft || !page.profiles.abilities.details) return undefined;
  for (const profile of chosenProfiles(page)) {
    const [first] = missingOf(page, profile);
    if (first) return missingObstacle(first, draft, profile);
    const wrong = wrongDetail(page, profile);
    if (wrong) return wrong;
  }
  return threadObstacle(page, counts);
}

/** Whether it was missing before, and is not asked for anew: what stays where it is was taken without it. */
function wasMissing(missing: Missing, page: Page, { service }: ComposerProfile): boolean {
  if (page.draft?.when.kind !== 'keep') return false;
  switch (missing.kind) {
    case 'text':
    case 'linkInText':
      return isTextAsOpened(page, service) && areFilesAsOpened(page);
    case 'attachment':
      return areFilesAsOpened(page) && areAsOpened(page, service, 'type');
    case 'detail':
      return areAsOpened(page, service, missing.name, 'type', 'button');
  }
}

function missingObstacle(missing: Missing, draft: Draft, profile: ComposerProfile): Obstacle {
  const { service, network } = profile;
  switch (missing.kind) {
    case 'text':
      return { part: 'text', field: textFieldId, reason: l10n.t('Write something.') };
    case 'linkInText':
      return {
        part: 'text',
        field: textFieldId,
        network: hasVariant(draft, service) ? service : undefined,
        reason: l10n.t('{0} shows no link card: put the link into the text.', network),
      };
    case 'attachment':
      return { part: 'media', reason: attachmentWords(missing.oneOf, detailsFor(draft, profile).type, network) };
    case 'detail':
      if (missing.name === 'board') return { part: 'details', field: boardFieldId(profile.id), reason: boardWords(profile) };
      return { part: 'details', field: detailFieldId(service, missing.name), reason: detailWords(missing.name, network) };
  }
}

function attachmentWords(oneOf: Extract<Missing, { kind: 'attachment' }>['oneOf'], type: string | undefined, network: string): string {
  const takesVideo = oneOf.includes('video');
  if (takesVideo && !oneOf.includes('picture'))
    return type === 'reel' ? l10n.t('A reel on {0} needs a video.', network) : l10n.t('{0} needs a video.', network);
  if (!takesVideo) return l10n.t('{0} needs a picture.', network);
  return type === 'story'
    ? l10n.t('A story on {0} needs a picture or a video.', network)
    : l10n.t('{0} needs a picture or a video.', network);
}

function boardWords({ name, network, boards = [] }: ComposerProfile): string {
  return boards.length > 0
    ? l10n.t('Choose a board for {0} ({1}).', name, network)
    : l10n.t('{0} ({1}) has no board to pin to.', name, network);
}

function detailWords(name: Extract<Missing, { kind: 'detail' }>['name'], network: string): string {
  switch (name) {
    case 'title':
      return l10n.t('{0} needs a title.', network);
    case 'category':
      return l10n.t('{0} needs a category.', network);
    case 'type':
      return l10n.t('{0} needs a post type.', network);
    case 'startsAt':
      return l10n.t('{0} needs a start.', network);
    case 'endsAt':
      return l10n.t('{0} needs an end.', network);
    case 'link':
      return l10n.t('The button on {0} needs an address.', network);
    default:
      return l10n.t('{0} needs more details.', network);
  }
}

/** Something that is there, and that the network would not take. */
function wrongDetail(page: Page, profile: ComposerProfile): Obstacle | undefined {
  const { service, network } = profile;
  const draft = page.draft!;
  const details = detailsFor(draft, profile);
  for (const { name, characters, charactersWith, inCodePoints } of fieldsFor(service, details)) {
    const value = details[name];
    const at = { part: 'details', field: detailFieldId(service, name) } as const;
    if (areAsOpened(page, service, ...(name === 'endsAt' ? (['startsAt', 'endsAt'] as const) : [name]))) continue;
    const isLimited = charactersWith === undefined || mediaSent(draft)?.[charactersWith] !== undefined;
    const text = typeof value === 'string' ? value.trim() : '';
    // As it is sent.
    const sent = name === 'firstComment' ? tagged(text, service, rulesOf(page) ?? []) : text;
    const length = inCodePoints ? [...sent].length : sent.length;
    if (characters !== undefined && isLimited && length > characters)
      return { ...at, reason: tooLongWords(name, network, asNumber(length - characters)) };
    if (detailKinds[name] === 'address' && typeof value === 'string' && value.trim() && !isLinkAddress(value))
      return { ...at, reason: l10n.t('The link for {0} is not a web address.', network) };
    if (name === 'endsAt' && endsTooSoon(details, knownZone(profile.timeZone)))
      return { ...at, reason: l10n.t('On {0}, it ends before it starts.', network) };
  }
  return undefined;
}

function endsTooSoon(details: NetworkDetails, timeZone: string): boolean {
  const { startsAt, endsAt } = details;
  if (!startsAt || !endsAt) return false;
  if (!isWholeDays(details)) return endsAt <= startsAt;
  const [first, last] = [startsAt, endsAt].map((each) => clockTime(each, timeZone).slice(0, 10)) as [string, string];
  return last < first;
}

function tooLongWords(name: string, network: string, over: string): string {
  switch (name) {
    case 'topic':
      return l10n.t('The topic for {0} is too long by {1}.', network, over);
    case 'firstComment':
      return l10n.t('The first comment for {0} is too long by {1}.', network, over);
    default:
      return l10n.t('The title for {0} is too long by {1}.', network, over);
  }
}

function threadObstacle(page: Page, counts: Page['counts']): Obstacle | undefined {
  for (const { service, label, thread } of chosenNetworks(page)) {
    if (areAsOpened(page, service, 'thread', 'threadPictures', 'spoiler')) continue;
    const wrong = (thread?.texts ?? []).map((_, each) => partObstacle(page, service, label, each)).find((each) => each);
    if (wrong) return wrong;
    const index = (thread?.texts ?? []).findIndex((_, each) => tooMany(counts.get(threadKey(service, each))) > 0);
    if (index >= 0) {
      const over = asNumber(tooMany(counts.get(threadKey(service, index))));
      return {
        part: 'details',
        field: threadFieldId(service, index),
        reason: l10n.t('{0} is too long by {1}.', partOfThread(label, index), over),
      };
    }
  }
  return undefined;
}

/** What is wrong with the pictures of a part of a thread. */
function partObstacle({ draft }: Page, service: string, label: string, index: number): Obstacle | undefined {
  const pictures = partPictures(draft!, service, index);
  const part = partOfThread(label, index);
  const at = (place: number, reason: string): Obstacle => ({ part: 'details', field: partPictureFieldId(service, index, place), reason });
  const bad = pictures.findIndex(({ url }) => !isPictureAddress(url));
  if (bad >= 0) return at(bad, l10n.t('{0}: a picture needs an https address.', part));
  const most = networkNeeds(service).pictures;
  return most !== undefined && pictures.length > most ? at(most, l10n.t('{0}: {1} pictures at most.', part, asNumber(most))) : undefined;
}

function timeObstacle({ draft, time }: Page, now: number): Obstacle | undefined {
  if (draft?.when.kind !== 'at') return undefined;
  const { at, words } = draft.when;
  const place = { part: 'when', field: timeFieldId } as const;
  if (!at) return { ...place, reason: (time?.words === words && time?.problem) || l10n.t('Choose a time.') };
  return Date.parse(at) > now ? undefined : { ...place, reason: l10n.t('The chosen time has passed.') };
}
