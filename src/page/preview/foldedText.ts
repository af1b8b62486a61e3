/**
 * `<folded-text lines above>`: a text of more than `above` lines is cut to `lines`, with a button that shows the rest. Its
 * children are the text, in a `p`, and the button. What is cut is known when the text has its place, before it is painted.
 * Without `above`, who drew it has cut it.
 */
class FoldedText extends HTMLElement {
  readonly #size = new ResizeObserver(() => this.#fold());

  connectedCallback(): void {
    // The text is not cut itself: it grows with each line. The button is drawn with it.
    queueMicrotask(() => {
      const text = this.querySelector('p');
      if (text && this.isConnected) this.#size.observe(text);
    });
    this.addEventListener('click', this.#open);
  }

  disconnectedCallback(): void {
    this.#size.disconnect();
    this.removeEventListener('click', this.#open);
  }

  #fold(): void {
    const text = this.querySelector('p');
    if (!text || !this.hasAttribute('above')) return;
    const line = Number.parseFloat(getComputedStyle(text).lineHeight);
    const most = Number(this.getAttribute('above')) * line;
    // Half a line is none.
    this.toggleAttribute('data-cut', text.offsetHeight > most + line / 2);
  }

  readonly #open = ({ target }: Event) => {
    const button = target instanceof Element ? target.closest('.more-text') : null;
    if (!button || !this.contains(button)) return;
    const isOpen = this.toggleAttribute('data-open');
    button.setAttribute('aria-expanded', String(isOpen));
  };
}

customElements.define('folded-text', FoldedText);
