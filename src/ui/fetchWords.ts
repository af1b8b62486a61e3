import * as vscode from 'vscode';
import type { FetchError } from '../core/fetch/publicFetch.ts';
import { plainText } from './plainText.ts';

/** What a picture or a page at an address could not be read for, in a sentence; none of it need keep Buffer from reading it. */
export function fetchWords({ trouble, host: asked }: FetchError, what: 'picture' | 'page'): string {
  const host = plainText(asked);
  switch (trouble.kind) {
    case 'address':
      return vscode.l10n.t('“{0}” is not a public https address.', host);
    case 'private':
      return vscode.l10n.t('{0} is on this computer or its network: Buffer cannot read it.', host);
    case 'unknownHost':
      return vscode.l10n.t('{0} was not found.', host);
    case 'certificate':
      return vscode.l10n.t('{0} has no valid certificate; Buffer may not read it.', host);
    case 'unreachable':
      return vscode.l10n.t('{0} could not be reached; Buffer will need to read it until it is published.', host);
    case 'slow':
      return vscode.l10n.t('{0} took too long to answer; Buffer will need to read it until it is published.', host);
    case 'redirects':
      return vscode.l10n.t('{0} redirects too often.', host);
    case 'status':
      return vscode.l10n.t('{0} answered {1}; Buffer will need to read it until it is published.', host, trouble.status);
    case 'type':
      if (what === 'page') return vscode.l10n.t('{0} did not answer with a web page.', host);
      return trouble.type
        ? vscode.l10n.t('{0} answered with {1}, not with a picture.', host, plainText(trouble.type))
        : vscode.l10n.t('{0} answered with a picture that cannot be shown.', host);
    case 'size':
      return vscode.l10n.t('It is larger than {0} MB.', Math.floor(trouble.most / 1_000_000));
  }
}
