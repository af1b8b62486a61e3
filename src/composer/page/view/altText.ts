import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit-html';
import type { DraftPicture } from '../../../core/drafts/draft.ts';
import { networkNeeds } from '../../../core/networks/networkNeeds.ts';
import { asNumber } from '../../../page/format.ts';
import { field } from './field.ts';

/**
 * The alternative text of a picture, and how much of it the strictest of its networks takes, where one tells.
 * @param about  what it is for, where nothing is counted
 */
export function altText(
  { description = '' }: DraftPicture,
  id: string,
  services: readonly string[],
  change: (part: Partial<DraftPicture>) => void,
  about?: string,
): TemplateResult {
  const limit = Math.min(...services.flatMap((service) => networkNeeds(service).altText ?? []));
  const count = Number.isFinite(limit) && description ? l10n.t('{0}/{1}', asNumber([...description].length), asNumber(limit)) : undefined;
  return field({
    id,
    label: l10n.t('Description (Alt Text)'),
    value: description,
    rows: 2,
    help: count ?? about,
    input: (value) => change({ description: value }),
  });
}
