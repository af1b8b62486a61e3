import * as l10n from '@vscode/l10n';

/** What a button of a Google Business post says, by Buffer's word for it; a word that is not known as it is. */
export function buttonWord(button: string): string {
  switch (button) {
    case 'learn_more':
      return l10n.t('Learn More');
    case 'book':
      return l10n.t('Book');
    case 'order':
      return l10n.t('Order');
    case 'shop':
      return l10n.t('Shop');
    case 'signup':
      return l10n.t('Sign Up');
    case 'call':
      return l10n.t('Call');
    default:
      return button;
  }
}
