import { html, nothing, type TemplateResult } from 'lit-html';
import type { WebPictures } from './webPictures.ts';

/**
 * A picture of the web as the extension read it; undefined until it has, and where it could not.
 * @param give  told of a picture that begins as one does, and is none that can be drawn
 */
export function webPicture(
  url: string,
  { className, alt }: { readonly className?: string; readonly alt: string },
  pictures: WebPictures,
  give: (address: string) => void,
): TemplateResult | undefined {
  const address = url.trim();
  const picture = pictures.get(address);
  if (picture?.kind !== 'shown') return undefined;
  return html`<img class=${className ?? nothing} src=${picture.src} alt=${alt} @error=${() => give(address)} />`;
}
