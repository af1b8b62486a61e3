import { html, nothing, type TemplateResult } from 'lit-html';

/** A profile as far as its picture needs it. */
export interface Pictured {
  readonly name: string;
  readonly service: string;
  /** A file that the page may show. */
  readonly avatarUrl?: string;
}

/**
 * A profile's picture, or its initials, with its network's sign. Its name always stands beside it.
 * @param broken    pictures that did not load
 * @param onBroken  told of one more
 */
export function avatar(
  { avatarUrl, name, service }: Pictured,
  broken: ReadonlySet<string>,
  onBroken: (url: string) => void,
): TemplateResult {
  const picture =
    avatarUrl && !broken.has(avatarUrl)
      ? html`<img src=${avatarUrl} alt="" referrerpolicy="no-referrer" @error=${() => onBroken(avatarUrl)} />`
      : html`<span class="initials">${initials(name)}</span>`;
  return html`<span class="avatar" aria-hidden="true"
    >${picture}${hasSign(service) ? html`<span class="badge">${networkSign(service)}</span>` : nothing}</span
  >`;
}

/** The networks whose sign the style sheet has. */
const signs: ReadonlySet<string | undefined> = new Set([
  ...['twitter', 'bluesky', 'mastodon', 'threads', 'linkedin', 'facebook', 'instagram', 'pinterest', 'tiktok', 'youtube'],
  ...['google', 'googlebusiness'],
]);

/** Whether a network can be told by its sign alone. */
export function hasSign(service: string | undefined): boolean {
  return signs.has(service);
}

/** A network's sign, drawn by the style sheet; nothing for a network it does not know. */
export function networkSign(service: string | undefined): TemplateResult | typeof nothing {
  return service === undefined ? nothing : html`<span class="network" data-service=${service} aria-hidden="true"></span>`;
}

function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ['?'];
  const [first, last] = [words[0], words.length > 1 ? words.at(-1)! : ''];
  return ([...first][0]! + ([...last][0] ?? '')).toLocaleUpperCase();
}
