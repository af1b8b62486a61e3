import * as fc from 'fast-check';
import { networks } from '../../../sandbox/networks.ts';
import type { Profile } from '../../../sandbox/state.ts';
import { address, image, page, seldom, words } from '../graphql/anyPost.ts';

// Any update that REST API v1 can be told of, in the fields that its documents name for `create.json`.

/** A form as it goes over the wire: flat, `media[link]` and `profile_ids[]`. */
export type Form = Record<string, string>;

const flag = fc.constantFrom('true', 'false');
const later = fc.integer({ min: Date.UTC(2040, 0, 1) / 1000, max: Date.UTC(2045, 0, 1) / 1000 });

/** Any update for a profile; the service is not asked what it takes, so some are refused. */
export function anyUpdate(profile: Profile): fc.Arbitrary<Form> {
  const optional = {
    shorten: flag,
    attachment: flag,
    top: flag,
    // Unix seconds, or ISO 8601 as it is written.
    scheduled_at: fc.oneof(
      later.map(String),
      later.map((seconds) => new Date(seconds * 1000).toISOString()),
    ),
    pinned: flag,
  };
  const media = {
    'media[link]': page,
    'media[title]': words,
    'media[description]': words,
    'media[picture]': image,
    // What a new picture goes by; it comes back as `picture`.
    'media[photo]': image,
    'media[thumbnail]': image,
  };
  const told = fc.record({ text: words, ...optional }, { requiredKeys: ['text'] });
  const attached = fc.option(fc.record(media, { requiredKeys: [] }), { nil: {} });
  // Of a shared post, only X takes it.
  const shared =
    profile.service === 'twitter'
      ? seldom<Form>(fc.record({ 'retweet[tweet_id]': fc.constant('1750000000000000001'), 'retweet[comment]': words }), {})
      : fc.constant({});
  return fc.tuple(told, attached, shared).map(([form, files, retweet]) => completed({ ...form, ...files, ...retweet }, profile));
}

function completed(form: Form, { service, serviceType }: Profile): Form {
  const { 'media[photo]': photo, 'media[picture]': picture, ...rest } = form;
  const hasContent = form.text!.trim() !== '' || photo || picture || form['media[link]'] || form['retweet[tweet_id]'];
  const limit = networks[service]!.types[serviceType]!.characters;
  return {
    ...rest,
    // One picture, by either of its names.
    ...(photo ? { 'media[photo]': photo } : picture && { 'media[picture]': picture }),
    text: hasContent ? form.text!.slice(0, limit) : 'What we learned.',
  };
}

/** A file as a richer client attaches it, of those that v1 shows and cannot take. */
export const richFile = fc.oneof(
  fc.record({ url: image, altText: words }).map(({ url, altText }) => ({ image: { url, metadata: { altText } } })),
  address('.mp4').map((url) => ({ video: { url } })),
  address('.pdf').map((url) => ({ document: { url, title: 'A paper', thumbnailUrl: 'https://larkspur.example/paper.png' } })),
);
