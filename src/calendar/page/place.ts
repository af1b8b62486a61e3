import { noChange } from 'lit-html';
import { Directive, directive, type ElementPart, PartType, type PartInfo } from 'lit-html/directive.js';

/** Where an element stands: its style's properties. The page's policy allows no style in markup, so they are set by script. */
class Place extends Directive {
  #shown = '';

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('Only an element has a place.');
  }

  override update({ element }: ElementPart, [style]: [Readonly<Record<string, string>>]): typeof noChange {
    let words = '';
    for (const name in style) words += `${name}:${style[name]};`;
    // All at once: there are a thousand of them.
    if (words !== this.#shown) (element as HTMLElement).style.cssText = words;
    this.#shown = words;
    return noChange;
  }

  render(_style: Readonly<Record<string, string>>): typeof noChange {
    return noChange;
  }
}

export const place = directive(Place);
