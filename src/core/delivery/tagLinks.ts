import { groupBy } from '../collections/groupBy.ts';
import type { Media, NetworkDetails, Profile } from '../buffer/model.ts';
import { detailKinds } from '../buffer/networkDetails.ts';
import type { UtmRule } from '../networks/utmRule.ts';
import type { Delivery } from './deliver.ts';

/**
 * Deliveries with what rules add to their links: in the text, its thread and its first comment, of the link's card, and
 * where a pin or a button leads. Where that differs by network, one becomes several; without rules, they stay as they are.
 */
export async function withTaggedLinks(deliveries: readonly Delivery[], rules: readonly UtmRule[]): Promise<readonly Delivery[]> {
  if (rules.length === 0) return deliveries;
  const { tagged } = await import('../networks/utm.ts');
  return deliveries.flatMap((delivery) => {
    const contentFor = ({ service }: Profile) => {
      const tag = (text: string) => tagged(text, service, rules);
      return { text: tag(delivery.text), media: mediaWith(delivery.media, tag) };
    };
    return [...groupBy(delivery.profiles, (profile) => JSON.stringify(contentFor(profile)))].map(([, profiles]): Delivery => {
      const details = delivery.details && Object.fromEntries(profiles.map((profile) => detailsFor(profile, delivery.details!)));
      return { ...delivery, ...contentFor(profiles[0]!), profiles, details };
    });

    function detailsFor({ id, service }: Profile, all: Readonly<Record<string, NetworkDetails>>): [string, NetworkDetails] {
      return [id, detailsWith(all[id] ?? {}, (text) => tagged(text, service, rules))];
    }
  });
}

function mediaWith(media: Media | undefined, tag: (text: string) => string): Media | undefined {
  return media?.link ? { ...media, link: tag(media.link) } : media;
}

const withLinks = (Object.keys(detailKinds) as (keyof typeof detailKinds)[]).filter(
  (name) => name === 'firstComment' || detailKinds[name] === 'address',
);

function detailsWith(details: NetworkDetails, tag: (text: string) => string): NetworkDetails {
  const own = withLinks.flatMap((name) => {
    const value = details[name];
    return typeof value === 'string' ? [[name, tag(value)] as const] : [];
  });
  return { ...details, ...Object.fromEntries(own), ...(details.thread && { thread: details.thread.map(tag) }) };
}
