import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import type { PreviewText } from '../../core/preview/previewUpdate.ts';
import { asNumber } from '../format.ts';
import { type Piece, richText } from '../richText.ts';
import './foldedText.ts';
import type { Fold } from './networkLook.ts';

/** This much beyond its limit is shown of a text that is too long. */
const beyond = 1_000;
/** No more is shown of any text. */
const most = 10_000;

/** A text with its links, hashtags and mentions; what is too much of it is marked, and what its network folds away is folded. */
export function cardText({ text, overflowsAt }: PreviewText, fold?: Fold): unknown {
  return guard([text, overflowsAt], () => body(text, overflowsAt, fold));
}

/** A text that has no count of its own, such as a comment's. */
export function plainCardText(text: string): TemplateResult {
  return html`<p class="card-text" dir="auto">${pieces(text.slice(0, most))}${text.length > most ? '…' : nothing}</p>`;
}

function body(text: string, overflowsAt: number | undefined, fold: Fold | undefined): TemplateResult {
  const end = overflowsAt === undefined ? most : overflowsAt + beyond;
  const shown = text.slice(0, end);
  const rest = text.length > end ? html`<p class="help">${l10n.t('And {0} more characters', asNumber(text.length - end))}</p>` : nothing;
  // What is marked has to be in sight.
  if (overflowsAt !== undefined)
    return html`<p class="card-text" dir="auto">${pieces(shown.slice(0, overflowsAt))}<mark>${pieces(shown.slice(overflowsAt))}</mark></p>
      ${rest}`;
  if (!fold)
    return html`<p class="card-text" dir="auto">${pieces(shown)}</p>
      ${rest}`;
  if ('characters' in fold) {
    if (shown.length <= fold.characters) return html`<p class="card-text" dir="auto">${pieces(shown)}</p>`;
    const [head, tail] = split(richText(shown), fold.characters);
    return html`<folded-text data-cut
      ><p class="card-text" dir="auto">${head.map(piece)}<span class="rest">${tail.map(piece)}</span></p>
      ${moreButton()}</folded-text
    >`;
  }
  return html`<folded-text lines=${fold.lines} above=${fold.above}
      ><div class="clip"><p class="card-text" dir="auto">${pieces(shown)}</p></div>
      ${moreButton()}</folded-text
    >${rest}`;
}

function moreButton(): TemplateResult {
  return html`<button class="link more-text" type="button" aria-expanded="false">
    <span class="if-cut">${l10n.t('… more')}</span><span class="if-open">${l10n.t('less')}</span>
  </button>`;
}

const pieces = (text: string) => richText(text).map(piece);
const piece = ({ text, kind }: Piece) => (kind === 'plain' ? text : html`<span class="rich">${text}</span>`);

/** Pieces before and behind a place in their text; no letter is cut in two. */
function split(all: readonly Piece[], at: number): readonly [readonly Piece[], readonly Piece[]] {
  const head: Piece[] = [];
  const tail: Piece[] = [];
  let start = 0;
  for (const { text, kind } of all) {
    const end = start + text.length;
    if (end <= at) head.push({ text, kind });
    else if (start >= at) tail.push({ text, kind });
    else {
      const code = text.charCodeAt(at - start);
      const cut = at - start - (code >= 0xdc_00 && code <= 0xdf_ff ? 1 : 0);
      head.push({ text: text.slice(0, cut), kind });
      tail.push({ text: text.slice(cut), kind });
    }
    start = end;
  }
  return [head, tail];
}
