import * as v from 'valibot';
import type { PreviewUpdate } from '../core/preview/previewUpdate.ts';

/** What the preview's two sides say to each other; each checks what it is told. */

/** What finds the same again after a reload; kept by the page. */
export interface PreviewState {
  /** `PreviewSource.key`. */
  readonly key?: string;
  /** It stays with what it shows. */
  readonly isLocked?: boolean;
}

/** From the extension to the page. */
export type ToPage =
  /** Answers `ready`, and comes with each change. `updates` is empty where there is nothing to show, and absent while that is not known. */
  | { readonly type: 'show'; readonly updates?: readonly PreviewUpdate[]; readonly state: PreviewState }
  /** Answers `readPicture`: a picture of the web with its type by its bytes, or why there is none, in a sentence. */
  | {
      readonly type: 'picture';
      readonly address: string;
      readonly picture?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> };
      readonly trouble?: string;
    }
  /** The text was scrolled to here. */
  | { readonly type: 'scroll'; readonly update?: string; readonly part: number; readonly fraction: number };

/** From the page to the extension. */
export const toHost = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** The page reaches nothing itself: pictures of the web are read for it. */
  v.object({ type: v.literal('readPicture'), address: v.pipe(v.string(), v.maxLength(10_000)) }),
]);
export type ToHost = v.InferOutput<typeof toHost>;

/** What a page kept through a reload, whoever wrote it. */
export const previewState = v.object({ key: v.optional(v.pipe(v.string(), v.maxLength(2_000))), isLocked: v.optional(v.boolean()) });
