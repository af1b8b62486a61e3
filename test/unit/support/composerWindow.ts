import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type * as vscode from 'vscode';
import { Composer, type ComposerFrame, type ComposerParts } from '../../../src/composer/host/composer.ts';
import { WebReader } from '../../../src/ui/webReader.ts';
import type { ToApp } from '../../../src/composer/messages.ts';
import type { Draft } from '../../../src/core/drafts/draft.ts';
import { DraftStore } from '../../../src/core/drafts/draftStore.ts';
import { isOwnService } from '../../../src/ui/ownService.ts';
import { newMemory } from '../../harness/memory.ts';
import { messageWebview } from '../../harness/messageWebview.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { deliveryWindow } from './deliveryWindow.ts';
import { noPictures } from './noPictures.ts';

/** A window with the extension's side of composers, without their pages. Its test has `vscodeStub` in VS Code's place. */
export async function composerWindow(sandbox: Sandbox, folder: string) {
  const window = await deliveryWindow(sandbox, 'graphql', folder);
  const drafts = new DraftStore(join(folder, 'drafts'));
  const log = { error: () => undefined, warn: () => undefined } as unknown as vscode.LogOutputChannel;
  const web = new WebReader({ userAgent: 'Queue for Buffer', isOwn: (url) => isOwnService(url, [sandbox.url]) });
  const lost: string[] = [];
  const parts: ComposerParts = {
    ...window,
    drafts,
    memory: newMemory(),
    log,
    avatars: noPictures,
    web,
    tellLost: ({ lost: some }) => Promise.resolve(void lost.push(...some)),
  };
  /** A composer of this window, and what its page is told. */
  const open = (draft: Draft) => {
    const told: ToApp[] = [];
    const { webview, receive } = messageWebview((message: ToApp) => told.push(message));
    const nothing = () => Promise.resolve();
    const frame: ComposerFrame = {
      location: 'editor',
      rename: () => undefined,
      close: () => undefined,
      show: nothing,
      showQueue: nothing,
      ready: () => undefined,
      typed: () => undefined,
      moved: () => undefined,
    };
    const composer = new Composer(webview, frame, draft, parts);
    onTestFinished(() => composer.dispose());
    const results = () => told.filter((each) => each.type === 'sent').at(-1);
    return { composer, told, say: (message: object) => receive(message), results };
  };
  return { ...window, drafts, open, /** What the person was told to be lost. */ lost };
}
