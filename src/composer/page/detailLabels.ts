import * as l10n from '@vscode/l10n';
import type { DetailName } from '../../core/buffer/networkDetails.ts';

/** What a network's field is called. @param type  the kind of post that it is asked for */
export function detailLabel(name: DetailName, service: string, type?: string): string {
  switch (name) {
    case 'type':
      return l10n.t('Kind of Post');
    case 'shareToFeed':
      return l10n.t('Show the reel in the feed as well');
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
      if (service === 'pinterest') return l10n.t('Where the Pin Leads');
      return type === 'offer' ? l10n.t('Where the Offer Is') : l10n.t('Where the Button Leads');
    case 'category':
      return l10n.t('Category');
    case 'privacy':
      return l10n.t('Who Can See It');
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
      return l10n.t('Can be embedded elsewhere');
    case 'notifiesSubscribers':
      return l10n.t('Tell subscribers');
    case 'isAllDay':
      return l10n.t('Whole days');
    case 'isAiGenerated':
      return l10n.t('Made with AI');
    case 'shopLink':
      return l10n.t('Where It Leads in the Shop Grid');
  }
}
