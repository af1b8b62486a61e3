import type { Asset, Board, LinkCard } from './content.ts';
import type { Update } from './state.ts';

export const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

export function boardToWire(board: Board): object {
  return { avatar: null, description: null, ...board };
}

/** A card as a LinkAttachment of the schema. */
export function cardToWire({ url, title = url, description = '', thumbnail }: LinkCard): object {
  return {
    url,
    expandedUrl: url,
    title,
    text: description,
    thumbnail: thumbnail ?? null,
    thumbnails: thumbnail === undefined ? [] : [thumbnail],
  };
}

/** Every file of a post. One that v1 made has at most a picture; that of a link belongs to the link. */
export function assetsOf({ assets, media }: Update): readonly Asset[] {
  if (assets) return assets;
  if (!media?.picture || media.link) return [];
  return [{ kind: 'image', url: media.picture, thumbnail: media.thumbnail, alt: media.description }];
}

const mimeTypes: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
};
const usualTypes = { image: 'image/jpeg', video: 'video/mp4', document: 'application/pdf' } as const;

export function assetToWire(asset: Asset): object {
  const { kind, url, thumbnail = url, alt = '', title = null } = asset;
  const extension = /\.(\w+)$/u.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  const common = { id: null, type: kind, source: url, thumbnail, mimeType: mimeTypes[extension] ?? usualTypes[kind] };
  switch (kind) {
    case 'image': {
      const { width = 600, height = 314, userTags = [], animatedThumbnail = null } = asset;
      return {
        __typename: 'ImageAsset',
        ...common,
        image: { altText: alt, width, height, isAnimated: extension === 'gif', animatedThumbnail, userTags },
      };
    }
    case 'video': {
      const { thumbnailOffset = null } = asset;
      const video = {
        durationMs: 30_000,
        width: 1080,
        height: 1920,
        isTranscodingRequired: false,
        isVideoProcessing: false,
        thumbnailOffset,
        title,
      };
      return { __typename: 'VideoAsset', ...common, video };
    }
    case 'document':
      return { __typename: 'DocumentAsset', ...common, document: { numPages: 1, thumbnails: [thumbnail], title } };
  }
}
