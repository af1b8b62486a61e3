import type { Service } from '../buffer/model.ts';
import { knownServices, networkOf } from '../networks/networks.ts';

/** REST API v1's word for a network that is called otherwise by now. */
const older: Readonly<Record<string, Service>> = { google: 'googlebusiness' };

const plain = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]+/gu, '');

/** What networks are called, in Buffer's words and as people say: `x`, `Google Business`. */
const byName: ReadonlyMap<string, Service> = new Map(
  knownServices.flatMap((service) => {
    const current = sameNetwork(service);
    return [service, networkOf(service).label].map((name) => [plain(name), current] as const);
  }),
);

/** One name for each network, whichever service told of it. */
export function sameNetwork(service: Service): Service {
  return older[service] ?? service;
}

/** The network of a name; undefined for one that is not known. */
export function networkNamed(name: string): Service | undefined {
  return byName.get(name) ?? byName.get(plain(name));
}

/** A network as files name it. */
export function nameOfNetwork(service: Service): string {
  return service === 'twitter' ? 'x' : sameNetwork(service);
}

/** All of them, as files name them. */
export const networkNames: readonly string[] = [...new Set(knownServices.map((service) => nameOfNetwork(service)))];
