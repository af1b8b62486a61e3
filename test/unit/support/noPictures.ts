import type * as vscode from 'vscode';
import type { ProfilePictures } from '../../../src/composer/host/composer.ts';

/** Profiles without a picture, for composers of which a test does not want one. */
export const noPictures: ProfilePictures = {
  folder: { path: '/avatars' } as vscode.Uri,
  fileOf: () => undefined,
  onDidLoad: () => ({ dispose: () => undefined }),
};
