import { noChange } from 'lit-html';
import { Directive, directive, type ElementPart, PartType, type PartInfo } from 'lit-html/directive.js';

/** Where an element stands: its style's properties. The page's policy allows no style in markup, so they are set by script. */
class Place extends Directive {
  #shown: Readonly<Record<string, string>> = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('Only an element has a place.');
  }

  override update({ element }: ElementPart, [style]: [Readonly<Record<string, string>>]): typeof noChange {
    for (const name in this.#shown) if (!(name in style)) (element as HTMLElement).style.removeProperty(name);
    for (const name in style) if (this.#shown[name] !== style[name]) (element as HTMLElement).style.setProperty(name, style[name]!);
    this.#shown = style;
    return noChange;
  }

  render(_style: Readonly<Record<string, string>>): typeof noChange {
    return noChange;
  }
}

export const place = directive(Place);
