import * as l10n from '@vscode/l10n';
import { render } from 'lit-html';
import { picturesIn, type PreviewUpdate, repositoryPicture } from '../../core/preview/previewUpdate.ts';
import { isPictureAddress } from '../../page/addresses.ts';
import { connectPage } from '../../page/host.ts';
import { followPictures, takePicture, type WebPictures, withoutPicture } from '../../page/webPictures.ts';
import type { PreviewState, ToHost, ToPage } from '../messages.ts';
import { asMessage } from './incoming.ts';
import { scrollTo } from './scrolling.ts';
import { previewView } from './view.ts';

/** An address is asked for when nobody typed at it for this long (ms). */
const pause = 300;
const longestAddress = 10_000;

/** Holds the page: draws what it is told, as soon as it is told. */
export function control(app: HTMLElement): void {
  let updates: readonly PreviewUpdate[] | undefined;
  let pictures: WebPictures = new Map();
  let broken: ReadonlySet<string> = new Set();
  let isDrawing = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let isSettled = false;

  const host = connectPage<ToPage, ToHost, PreviewState>(asMessage, (message) => {
    switch (message.type) {
      case 'show': {
        host.keep(message.state);
        const before = wanted();
        updates = message.updates && kept(message.updates, updates);
        // What was there when the page opened, nobody types at.
        if (!isSettled || before === wanted()) followNow();
        else followSoon();
        isSettled ||= updates !== undefined;
        break;
      }
      case 'picture':
        pictures = takePicture(pictures, message);
        break;
      case 'scroll':
        // What the text scrolls to may be drawn with it.
        requestAnimationFrame(() => scrollTo(message, updates ?? []));
        return;
    }
    draw();
  });

  /** The addresses that are shown, each in a line of its own. */
  function wanted(): string {
    return [...new Set((updates ?? []).flatMap(picturesIn))].join('\n');
  }

  function followNow(): void {
    clearTimeout(settling);
    const addresses = new Set(
      wanted()
        .split('\n')
        .filter((each) => (isPictureAddress(each) || each.startsWith(repositoryPicture)) && each.length <= longestAddress),
    );
    pictures = followPictures(pictures, addresses, (address) => host.post({ type: 'readPicture', address }));
  }

  function followSoon(): void {
    clearTimeout(settling);
    settling = setTimeout(() => {
      followNow();
      draw();
    }, pause);
  }

  function draw(): void {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      const context = {
        pictures,
        broken,
        onBrokenAvatar: (url: string) => {
          broken = new Set([...broken, url]);
          draw();
        },
        onNoPicture: (address: string) => {
          pictures = withoutPicture(pictures, address, l10n.t('The file at this address cannot be shown as a picture.'));
          draw();
        },
      };
      render(previewView(updates, context), app);
    });
  }

  host.post({ type: 'ready' });
}

/** Updates of which those that did not change are the same objects as before: only what changed is drawn anew. */
function kept(told: readonly PreviewUpdate[], before: readonly PreviewUpdate[] = []): readonly PreviewUpdate[] {
  const known = new Map(before.map((each) => [each.id, { each, words: JSON.stringify(each) }]));
  return told.map((update) => {
    const same = known.get(update.id);
    return same && same.words === JSON.stringify(update) ? same.each : update;
  });
}
