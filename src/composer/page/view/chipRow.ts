import * as l10n from '@vscode/l10n';
import { chipsThatFit } from '../chipFit.ts';
import { asNumber } from '../../../page/format.ts';

/**
 * A row of chips that wraps to `lines` lines and then counts: its last button says how many more there are. Chips that are
 * pressed are shown in any case, so that nobody sends to a profile that they do not see; where these alone are too many,
 * they are shown without their names. With `unfolded` all are shown.
 */
class ChipRow extends HTMLElement {
  readonly #size = new ResizeObserver(() => this.#width !== this.clientWidth && this.#fold());
  readonly #content = new MutationObserver(() => this.#fold());
  #width = 0;

  static readonly observedAttributes = ['unfolded'];

  /** At once, as the focus goes to what is shown then. */
  attributeChangedCallback(): void {
    this.#fold();
  }

  connectedCallback(): void {
    this.#size.observe(this);
    this.#content.observe(this, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['aria-pressed'],
    });
    // At once as well: who puts something in sight in the same moment is to know where it will stand.
    this.#fold();
  }

  disconnectedCallback(): void {
    this.#size.disconnect();
    this.#content.disconnect();
  }

  #fold(): void {
    const counter = this.querySelector<HTMLElement>(':scope > .counter');
    const chips = [...this.children].filter((each): each is HTMLElement => each instanceof HTMLElement && each !== counter);
    this.#width = this.clientWidth;
    if (!counter || this.#width === 0) return;
    const isUnfolded = this.hasAttribute('unfolded');
    for (const each of [...chips, counter]) each.hidden = false;
    this.classList.remove('is-narrow');
    // As wide as it gets.
    count(counter, chips.length, false);
    const shown = this.#shown(chips, counter) ?? this.#shownNarrow(chips, counter);
    const hidden = shown.filter((each) => !each).length;
    if (isUnfolded) this.classList.remove('is-narrow');
    else for (const [index, chip] of chips.entries()) chip.hidden = !shown[index];
    counter.hidden = hidden === 0;
    count(counter, hidden, isUnfolded);
    // What was changed just now is no news.
    this.#content.takeRecords();
  }

  #shown(chips: readonly HTMLElement[], counter: HTMLElement): readonly boolean[] | undefined {
    const room = {
      width: this.#width,
      gap: Number.parseFloat(getComputedStyle(this).columnGap) || 0,
      lines: Number(this.getAttribute('lines') ?? 2),
      counter: counter.offsetWidth,
    };
    return chipsThatFit(
      chips.map((chip) => ({ width: chip.getBoundingClientRect().width, isChosen: isPinned(chip) })),
      room,
    );
  }

  #shownNarrow(chips: readonly HTMLElement[], counter: HTMLElement): readonly boolean[] {
    this.classList.add('is-narrow');
    return this.#shown(chips, counter) ?? chips.map(isPinned);
  }
}

/** A group of profiles is no profile: its members are shown themselves. */
const isPinned = (chip: Element) => chip.getAttribute('aria-pressed') === 'true' && !chip.classList.contains('group');

function count(counter: HTMLElement, hidden: number, isUnfolded: boolean): void {
  counter.textContent = isUnfolded ? l10n.t('Show Fewer') : l10n.t('+{0}', asNumber(hidden));
  counter.ariaLabel = isUnfolded ? null : l10n.t('Show {0} more', asNumber(hidden));
}

customElements.define('chip-row', ChipRow);
