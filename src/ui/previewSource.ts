import type * as vscode from 'vscode';
import type { Profile } from '../core/buffer/model.ts';
import { networkOf } from '../core/networks/networks.ts';
import { handleOf, type PreviewProfile, type PreviewUpdate } from '../core/preview/previewUpdate.ts';
import { isolated } from './profileNames.ts';

/**
 * Something that the preview can show: an update's document, a composer, a post in a file. Whoever has such things gives a
 * `PreviewProvider` to the composition (`extension.ts`), which hands it to the preview.
 */
export interface PreviewSource {
  /** Finds it again after the window was reloaded (`PreviewProvider.find`); begins with a word of its provider's own, such as `update:`. */
  readonly key: string;
  /** What it is called in the preview's tab; asked for with each change. */
  title(): string;
  /**
   * What it looks like now, for each of its profiles; empty where nothing is known of it yet. Asked for when the preview opens
   * and after each `onDidChange`, so it should cost no request. The addresses of pictures are those of the web, which the
   * preview reads, or those that `picture` knows. `profile` is best made by `previewProfile`; its picture is added by the preview.
   */
  updates(): Promise<readonly PreviewUpdate[]>;
  /** Another letter was typed, or anything else changed that is shown. The preview waits for nothing else to draw anew. */
  readonly onDidChange: vscode.Event<void>;
  /** The text was scrolled, or its cursor moved, to here: the preview follows. Absent where there is nothing to follow. */
  readonly onDidScroll?: vscode.Event<PreviewPlace>;
  /** Where its text is looked at, for a preview that begins to show it. */
  place?(): Promise<PreviewPlace | undefined>;
  /** A picture with an address of its own (`repositoryPicture`), never of the web; undefined where it shows none by that address. */
  picture?(address: string): Promise<PreviewPicture> | undefined;
  /** Nobody shows it any more. */
  dispose(): void;
}

/** A picture with its type by its bytes, or why there is none, in a sentence. */
export type PreviewPicture = { readonly picture: { readonly type: string; readonly bytes: Uint8Array } } | { readonly trouble: string };

/** A place in what is shown. */
export interface PreviewPlace {
  /** `PreviewUpdate.id`; where absent, all have the same there, and any will do. */
  readonly update?: string;
  /** `PreviewPart.index`. */
  readonly part: number;
  /** How far into that part, from 0 to 1. */
  readonly fraction: number;
}

/** Finds what the preview can show, of one kind. */
export interface PreviewProvider {
  /** What is in front: its document, or its panel. Undefined where that is nothing of this kind. Each call may give a new object. */
  active(): PreviewSource | undefined;
  /** What has this key, also where it is not open any more, and undefined where the key is of another kind. */
  find(key: string): PreviewSource | undefined;
  /** Something else may be in front. */
  readonly onDidChangeActive: vscode.Event<unknown>;
}

/** What the keys of files of posts begin with. */
export const postKind = 'post:';

/** What a file of posts is found by. @param uri  a fragment such as `L12` is the line that is to be in sight */
export function postKey(uri: vscode.Uri): string {
  return postKind + uri.toString();
}

/** A profile as the preview shows it, its picture aside. */
export function previewProfile(profile: Previewed): PreviewProfile {
  const { id, service, name, timeZone } = profile;
  const handle = handleOf(profile);
  return {
    id,
    service,
    network: networkOf(service).label,
    name: isolated(name),
    ...(handle !== undefined && { handle }),
    ...(timeZone && { timeZone }),
  };
}

type Previewed = Pick<Profile, 'id' | 'service' | 'name' | 'username'> & Partial<Pick<Profile, 'timeZone'>>;
