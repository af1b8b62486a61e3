import type { Asset, Details, LinkCard } from './content.ts';
import { InvalidInput } from './graphqlErrors.ts';
import { isReminderOnly, lengthOn } from './networks.ts';
import { charactersOn, type Profile } from './state.ts';

// What each network needs beside text, and what goes with what.

export interface Content {
  readonly text: string;
  readonly assets: readonly Asset[];
  /** A link with its preview, if there is one. */
  readonly link?: LinkCard;
  readonly details: Details | undefined;
  readonly tagIds?: readonly string[];
  readonly ideaId?: string;
  readonly isReminder?: boolean;
}

/** What belongs together in any case, even in a draft. The sentences are the sandbox's own. */
export function checkShape({ text, assets, link, details }: Content): void {
  if (link && assets.length > 0) throw new InvalidInput('A link attachment and assets exclude one another.');
  const [first] = (details?.thread ?? []) as { text?: string | null }[];
  if (first && (first.text ?? '') !== text) throw new InvalidInput('The first post of the thread must equal the text.');
}

/** Complains about everything at once that keeps a post from going out; of a draft less is asked. */
export function checkNeeds(profile: Profile, content: Content, isDraft: boolean): void {
  const complaints = [
    ...lacksContent(profile, content, isDraft),
    ...lacksType(profile, content),
    ...isTooLong(profile, content),
    ...takesRemindersOnly(profile, content),
  ];
  if (!isDraft) complaints.push(...lacksDetails(profile, content), ...hasLongComment(profile, content));
  if (complaints.length > 0) throw new InvalidInput(`Invalid post: ${complaints.join(', ')}`);
}

/** What there is to see, in the measured words; those for a lone image or video are the sandbox's own. */
function lacksContent({ service }: Profile, { text, assets, details }: Content, isDraft: boolean): string[] {
  const hasImage = assets.some(({ kind }) => kind === 'image');
  const hasVideo = assets.some(({ kind }) => kind === 'video');
  if (isDraft || !needsFiles.includes(service)) {
    const hasAny = text.trim() !== '' || assets.length > 0 || details?.retweet != null;
    return hasAny ? [] : ['Post must have either text or media.'];
  }
  if (service === 'youtube') return hasVideo ? [] : ['YouTube posts require a video.'];
  return hasImage || hasVideo ? [] : [`${nameOf(service)} posts require at least one image or video.`];
}

const needsFiles = ['instagram', 'tiktok', 'pinterest', 'youtube'];

/** Asked even of drafts; Google's sentence is the sandbox's own. */
function lacksType({ service }: Profile, { details = {} }: Content): string[] {
  const types = typesOf[service];
  if (!types || (typeof details.type === 'string' && types.includes(details.type))) return [];
  const spoken = { facebook: 'post, story, or reel', instagram: 'post, story, or reel', google: 'update, offer, or event' }[service]!;
  return [`${nameOf(service)} posts require a type (${spoken}).`];
}

const typesOf: Readonly<Record<string, readonly string[]>> = {
  facebook: ['post', 'story', 'reel'],
  instagram: ['post', 'story', 'reel'],
  google: ['whats_new', 'offer', 'event'],
};

function isTooLong(profile: Profile, { text, details }: Content): string[] {
  const limit = charactersOn(profile);
  const thread = (details?.thread ?? []) as { text?: string | null }[];
  const hasTooLong = [text, ...thread.map((part) => part.text ?? '')].some((part) => lengthOn(profile.service, part) > limit);
  return hasTooLong ? [`${nameOf(profile.service)} posts cannot exceed ${limit} characters`] : [];
}

/** The sentence is the sandbox's own. */
function takesRemindersOnly({ service, serviceType }: Profile, { isReminder }: Content): string[] {
  if (isReminder || !isReminderOnly(service, serviceType)) return [];
  return [`${nameOf(service)} channels of type ${serviceType} take only posts whose schedulingType is notification.`];
}

/** How long a first comment may be, as the guide has it. */
const commentLimits: Readonly<Record<string, number>> = { facebook: 5000, instagram: 2200, linkedin: 1250 };

function hasLongComment({ service }: Profile, { details = {} }: Content): string[] {
  const limit = commentLimits[service] ?? Infinity;
  const { firstComment = '' } = details as { firstComment?: string };
  return [...firstComment].length > limit ? [`${nameOf(service)} first comments cannot exceed ${limit} characters`] : [];
}

/** But for YouTube's, the sentences are the sandbox's own. */
function lacksDetails(profile: Profile, { assets, details = {} }: Content): string[] {
  const complaints: string[] = [];
  const need = (isThere: unknown, what: string) => {
    if (!isThere) complaints.push(`${nameOf(profile.service)} posts require ${what}.`);
  };
  const hasVideo = assets.some(({ kind }) => kind === 'video');
  switch (profile.service) {
    case 'facebook':
      if (details.type === 'story') need(assets.length > 0, 'an image or video for a story');
      if (details.type === 'reel') need(hasVideo, 'a video for a reel');
      break;
    case 'instagram':
      if (details.type === 'reel') need(hasVideo, 'a video for a reel');
      break;
    case 'pinterest':
      need(
        profile.boards?.some(({ serviceId }) => serviceId === details.boardServiceId),
        'a board of this channel',
      );
      break;
    case 'youtube':
      need(details.title, 'a title');
      need(details.categoryId, 'a category');
      break;
    case 'google':
      needGoogleDetails(details, need);
      break;
    default:
      // The others are content with text.
      break;
  }
  return complaints;
}

function needGoogleDetails(details: Details, need: (isThere: unknown, what: string) => void): void {
  if (details.type === 'whats_new') return need(details.detailsWhatsNew, 'detailsWhatsNew for what is new');
  const [name, dated] = details.type === 'offer' ? ['detailsOffer', details.detailsOffer] : ['detailsEvent', details.detailsEvent];
  const { title, startDate, endDate } = (dated ?? {}) as { title?: string; startDate?: number; endDate?: number };
  need(title && startDate && endDate && startDate <= endDate, `${name} with a title, a start and an end after it`);
}

const names: Readonly<Record<string, string>> = {
  google: 'Google Business',
  linkedin: 'LinkedIn',
  tiktok: 'TikTok',
  twitter: 'Twitter / X',
  youtube: 'YouTube',
};

/** What a sentence of the service calls a network. */
export const nameOf = (service: string): string => names[service] ?? `${service[0]!.toUpperCase()}${service.slice(1)}`;

/** What a post that another client made without saying is taken to be. */
export function usualDetails(profile: Profile): Details {
  switch (profile.service) {
    case 'facebook':
      return { type: 'post' };
    case 'instagram':
      return { type: 'post', shouldShareToFeed: true };
    case 'google':
      return { type: 'whats_new', detailsWhatsNew: { button: 'none' } };
    case 'pinterest':
      return { boardServiceId: profile.boards?.[0]?.serviceId };
    default:
      return {};
  }
}
