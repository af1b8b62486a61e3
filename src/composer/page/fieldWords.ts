import * as l10n from '@vscode/l10n';
import type { DetailName } from '../../core/buffer/networkDetails.ts';
import { youtubeCategories } from '../../core/networks/networkNeeds.ts';
import { buttonWord } from '../../page/buttonWord.ts';

// All that the composer says of a network's fields, beside what is wrong with them: the one file to write words for a new one in.

/** What a network's field is called. @param type  the kind of post that it is asked for */
export function detailLabel(name: DetailName, service: string, type?: string): string {
  switch (name) {
    case 'type':
      return l10n.t('Post Type');
    case 'shareToFeed':
      return l10n.t('Also share to feed');
    case 'firstComment':
      return l10n.t('First Comment');
    case 'thread':
    case 'threadPictures':
      return l10n.t('Thread');
    case 'board':
      return l10n.t('Board');
    case 'title':
      return l10n.t('Title');
    case 'link':
      if (service === 'pinterest') return l10n.t('Destination Link');
      return type === 'offer' ? l10n.t('Offer Link') : l10n.t('Button Link');
    case 'category':
      return l10n.t('Category');
    case 'privacy':
      return l10n.t('Visibility');
    case 'isMadeForKids':
      return l10n.t('Made for kids');
    case 'button':
      return l10n.t('Button');
    case 'startsAt':
      return l10n.t('Starts');
    case 'endsAt':
      return l10n.t('Ends');
    case 'coupon':
      return l10n.t('Coupon Code');
    case 'terms':
      return l10n.t('Terms and Conditions');
    case 'spoiler':
      return l10n.t('Content Warning');
    case 'topic':
      return l10n.t('Topic');
    case 'license':
      return l10n.t('License');
    case 'isEmbeddable':
      return l10n.t('Allow embedding');
    case 'notifiesSubscribers':
      return l10n.t('Notify subscribers');
    case 'isAllDay':
      return l10n.t('All day');
    case 'isAiGenerated':
      return l10n.t('Made with AI');
    case 'shopLink':
      return l10n.t('Shop Grid Link');
    case 'isGhost':
      return l10n.t('Ghost post: text alone, archived after 24 hours');
    case 'place':
      return l10n.t('Place');
    case 'placeId':
      return l10n.t('ID of the Place');
    case 'stickerText':
      return l10n.t('Reminder: Text');
    case 'stickerMusic':
      return l10n.t('Reminder: Music');
    case 'stickerProducts':
      return l10n.t('Reminder: Products');
    case 'stickerTopics':
      return l10n.t('Reminder: Topics');
    case 'stickerOther':
      return l10n.t('Reminder: Anything Else');
  }
}

/** What there is to know before a field is filled in. */
export function detailHelp(name: DetailName, service: string): string | undefined {
  switch (name) {
    case 'spoiler':
      return l10n.t('Shown first; readers click to reveal the text. It counts toward the limit.');
    case 'placeId':
      return service === 'instagram'
        ? l10n.t('The number of the place’s page on Facebook, by which Instagram knows it.')
        : l10n.t('The number by which Threads knows the place.');
    // It stands for those beside it, too.
    case 'stickerMusic':
      return l10n.t('Shown to whoever is reminded to publish it, to be put in on Instagram.');
    default:
      return undefined;
  }
}

/** The service's word for a choice, in those of people. A test holds this complete. */
export function choiceLabel(name: DetailName, value: string): string {
  if (name === 'category') return youtubeCategories[value] ?? value;
  switch (value) {
    case 'post':
      return l10n.t('Post');
    case 'reel':
      return l10n.t('Reel');
    case 'story':
      return l10n.t('Story');
    case 'carousel':
      return l10n.t('Carousel');
    case 'whats_new':
      return l10n.t('What’s New');
    case 'offer':
      return l10n.t('Offer');
    case 'event':
      return l10n.t('Event');
    case 'public':
      return l10n.t('Public');
    case 'unlisted':
      return l10n.t('Unlisted');
    case 'private':
      return l10n.t('Private');
    case 'none':
      return l10n.t('No Button');
    case 'youtube':
      return l10n.t('Standard YouTube License');
    case 'creativeCommon':
      return l10n.t('Creative Commons');
    default:
      return buttonWord(value);
  }
}
