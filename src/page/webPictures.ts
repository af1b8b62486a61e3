/** What is known of a picture of the web. The page reaches nothing itself: the extension reads it. */
export type WebPicture =
  | { readonly kind: 'reading' }
  /** `src` is of this page alone. */
  | { readonly kind: 'shown'; readonly src: string }
  /** Why it is not shown, in a sentence. */
  | { readonly kind: 'unread'; readonly trouble: string };

/** What the extension says of a picture that it was asked for: its bytes and their type, or why there are none, in a sentence. */
export interface ToldPicture {
  readonly type: 'picture';
  readonly address: string;
  readonly picture?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> };
  readonly trouble?: string;
}

/** By address. */
export type WebPictures = ReadonlyMap<string, WebPicture>;

/** The pictures that are wanted now: what is new among them is asked for, what is not wanted any more is let go. */
export function followPictures(pictures: WebPictures, wanted: ReadonlySet<string>, ask: (address: string) => void): WebPictures {
  const isSame = pictures.size === wanted.size && [...wanted].every((each) => pictures.has(each));
  if (isSame) return pictures;
  for (const [address, picture] of pictures) if (!wanted.has(address)) release(picture);
  return new Map(
    [...wanted].map((address) => {
      const known = pictures.get(address);
      if (!known) ask(address);
      return [address, known ?? { kind: 'reading' }];
    }),
  );
}

/** What the extension read; nothing of it is kept where it is not wanted any more. */
export function takePicture(pictures: WebPictures, { address, picture, trouble }: ToldPicture): WebPictures {
  if (pictures.get(address)?.kind !== 'reading') return pictures;
  const read: WebPicture = picture
    ? { kind: 'shown', src: URL.createObjectURL(new Blob([picture.bytes], { type: picture.type })) }
    : { kind: 'unread', trouble: trouble ?? '' };
  return new Map([...pictures, [address, read]]);
}

/** Pictures without one that turned out to be none. */
export function withoutPicture(pictures: WebPictures, address: string, trouble: string): WebPictures {
  const picture = pictures.get(address);
  if (picture) release(picture);
  return new Map([...pictures, [address, { kind: 'unread', trouble }]]);
}

/** Pictures without one that is to be asked for once more. */
export function forgetPicture(pictures: WebPictures, address: string): WebPictures {
  return new Map([...pictures].filter(([each]) => each !== address));
}

function release(picture: WebPicture): void {
  if (picture.kind === 'shown') URL.revokeObjectURL(picture.src);
}
