import * as v from 'valibot';
import { inBuffersWords, shownText } from '../figures.ts';
import type { FigureSums, MeasuredUpdate } from '../model.ts';
import { asId, asList, asNumber, asObject, asText, asTime } from '../readers.ts';
import { safeUrl } from '../transport/serviceUrl.ts';
import { optional } from '../wire.ts';
import { connection, readTag } from './wire.ts';

type Pair = readonly [name: string, value: number];

function readPair(raw: unknown): Pair | undefined {
  const metric = asObject(raw);
  const [type, value] = [asText(metric?.['type']), asNumber(metric?.['value'])];
  return type === undefined || value === undefined ? undefined : [type, value];
}

/** A sent post with what it counts, and when it was due, by which the list is sorted. */
function readMeasured(raw: unknown): (MeasuredUpdate & { readonly dueAt?: Date }) | undefined {
  const post = asObject(raw);
  const [id, profileId] = [asId(post?.['id']), asId(post?.['channelId'])];
  const dueAt = asTime(post?.['dueAt']);
  const sentAt = asTime(post?.['sentAt']) ?? dueAt;
  if (!post || id === undefined || profileId === undefined || !sentAt) return undefined;
  const tags = asList(post['tags'], readTag);
  return {
    id,
    profileId,
    service: asText(post['channelService']) ?? '',
    text: shownText(asText(post['text']) ?? ''),
    dueAt,
    sentAt,
    url: safeUrl(asText(post['externalLink']))?.href,
    tags: tags?.length ? tags : undefined,
    figures: inBuffersWords(asList(post['metrics'], readPair) ?? []),
    measuredAt: asTime(post['metricsUpdatedAt']),
  };
}

const wireSums = v.pipe(
  v.object({ metrics: v.unknown(), metricsUpdatedAt: v.unknown() }),
  v.transform(({ metrics, metricsUpdatedAt }): FigureSums => {
    const pairs = asList(metrics, readPair) ?? [];
    const posts = pairs.filter(([name]) => name === 'postCount');
    return { figures: { ...inBuffersWords(pairs), ...Object.fromEntries(posts) }, measuredAt: asTime(metricsUpdatedAt) };
  }),
);

export const wireFigures = v.object({
  posts: connection(readMeasured),
  undated: optional(connection(readMeasured)),
  sums: optional(wireSums),
  sumsBefore: optional(wireSums),
});
