import type { Asset, Details } from './content.ts';
import { InvalidInput } from './graphqlErrors.ts';
import { lengthOn } from './networks.ts';
import { charactersOn, type Media, type Profile } from './state.ts';

// What each network needs beside text, and what goes with what.

export interface Content {
  readonly text: string;
  readonly assets: readonly Asset[];
  /** A link with its preview, if there is one. */
  readonly link?: Media;
  readonly details: Details | undefined;
}

/** What belongs together in any case, even in a draft. */
export function checkShape(profile: Profile, { text, assets, link, details }: Content): void {
  if (link?.link && assets.length > 0) throw new InvalidInput('A link attachment and assets exclude one another.');
  const thread = details?.thread as { text?: string | null }[] | undefined;
  if (!thread || thread.length === 0) return;
  if ((thread[0]!.text ?? '') !== text) throw new InvalidInput('The first post of the thread must equal the text.');
  const limit = charactersOn(profile);
  const tooLong = thread.findIndex((post) => lengthOn(profile.service, post.text ?? '') > limit);
  if (tooLong >= 0) throw new InvalidInput(`Post ${tooLong + 1} of the thread is too long for this channel.`);
}

/** What has to be there before a post can go out. */
export function checkNeeds(profile: Profile, content: Content): void {
  const { assets, details = {} } = content;
  const hasImage = assets.some(({ kind }) => kind === 'image');
  const hasVideo = assets.some(({ kind }) => kind === 'video');
  const need = (isThere: unknown, what: string) => {
    if (!isThere) throw new InvalidInput(`${names[profile.service]} posts require ${what}.`);
  };
  switch (profile.service) {
    case 'facebook':
      need(details.type, 'a type (metadata.facebook.type)');
      if (details.type === 'reel') need(hasVideo, 'a video for a reel');
      if (details.type === 'story') need(hasImage || hasVideo, 'an image or video for a story');
      break;
    case 'instagram':
      need(details.type, 'a type (metadata.instagram.type)');
      need(hasImage || hasVideo, 'an image or video');
      if (details.type === 'reel') need(hasVideo, 'a video for a reel');
      break;
    case 'tiktok':
      need(hasImage || hasVideo, 'an image or video');
      break;
    case 'pinterest':
      need(hasImage, 'an image');
      need(details.boardServiceId, 'a board (metadata.pinterest.boardServiceId)');
      need(profile.boards?.some(({ serviceId }) => serviceId === details.boardServiceId), 'a board of this channel');
      break;
    case 'youtube':
      need(hasVideo, 'a video');
      need(details.title, 'a title (metadata.youtube.title)');
      need(details.categoryId, 'a category (metadata.youtube.categoryId)');
      break;
    case 'google':
      checkGoogle(details, need);
      break;
    default:
      // The others are content with text.
      break;
  }
}

function checkGoogle(details: Details, need: (isThere: unknown, what: string) => void): void {
  need(details.type, 'a type (metadata.google.type)');
  if (details.type === 'whats_new') return need(details.detailsWhatsNew, 'detailsWhatsNew for what is new');
  const [name, dated] = details.type === 'offer' ? ['detailsOffer', details.detailsOffer] : ['detailsEvent', details.detailsEvent];
  const { title, startDate, endDate } = (dated ?? {}) as { title?: string; startDate?: number; endDate?: number };
  need(title && startDate && endDate, `${name} with a title, a start and an end`);
  if (startDate! > endDate!) throw new InvalidInput('It cannot end before it starts.');
}

const names: Readonly<Record<string, string>> = {
  facebook: 'Facebook', google: 'Google Business', instagram: 'Instagram', pinterest: 'Pinterest', tiktok: 'TikTok', youtube: 'YouTube',
};

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
