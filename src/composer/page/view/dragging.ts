import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit-html';
import { Directive, directive, type ElementPart, PartType, type PartInfo } from 'lit-html/directive.js';

/** What is being dragged within the page: a list of it, and the place there. */
let dragged: { readonly list: string; readonly from: number } | undefined;

/** What an item of a list is dragged by. The keyboard has buttons for it. */
export function dragHandle(list: string, from: number): TemplateResult {
  const start = (event: DragEvent) => {
    dragged = { list, from };
    if (!event.dataTransfer) return;
    event.dataTransfer.effectAllowed = 'move';
    // Firefox begins no drag without data; a text would be dropped into the fields.
    event.dataTransfer.setData('application/x-place', String(from));
  };
  return html`<span
    class="drag-handle"
    draggable="true"
    aria-hidden="true"
    title=${l10n.t('Drag to another place')}
    @dragstart=${start}
    @dragend=${() => (dragged = undefined)}
    ><span class="codicon codicon-gripper" aria-hidden="true"></span
  ></span>`;
}

/** Makes an element the place of an item of a list, where others of the list can be dropped. */
class DropPlace extends Directive {
  #list = '';
  #index = 0;
  #drop: (from: number) => void = () => undefined;
  #element: HTMLElement | undefined;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('It stands among the attributes of an element.');
  }

  render(_list: string, _index: number, _drop: (from: number) => void): void {
    // There is nothing to draw.
  }

  override update(part: ElementPart, [list, index, drop]: [string, number, (from: number) => void]): void {
    const element = part.element as HTMLElement;
    this.#list = list;
    this.#index = index;
    this.#drop = drop;
    if (this.#element === element) return;
    this.#element = element;
    const take = (event: DragEvent) => {
      if (this.#from() === undefined) return;
      event.preventDefault();
      element.classList.add('is-drop-place');
    };
    // Whoever drops at once has entered, and was not seen over it.
    element.addEventListener('dragenter', take);
    element.addEventListener('dragover', take);
    // From one of its fields to the next it is not left.
    element.addEventListener('dragleave', ({ relatedTarget }) => {
      if (!element.contains(relatedTarget as Node | null)) element.classList.remove('is-drop-place');
    });
    element.addEventListener('drop', (event) => {
      element.classList.remove('is-drop-place');
      const from = this.#from();
      if (from === undefined) return;
      event.preventDefault();
      dragged = undefined;
      this.#drop(from);
    });
  }

  /** Where the item comes from that would be dropped here. */
  #from(): number | undefined {
    return dragged?.list === this.#list && dragged.from !== this.#index ? dragged.from : undefined;
  }
}
export const dropPlace = directive(DropPlace);
