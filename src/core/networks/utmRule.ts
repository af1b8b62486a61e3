import type { Service } from '../buffer/model.ts';

/** What is added to links, and to which. */
export interface UtmRule {
  /** A host with all below it; `*` for every one. */
  readonly domain: string;
  /** The networks it is for; all where left out. */
  readonly networks?: readonly Service[] | undefined;
  /** By parameter, without `utm_`; `{network}` in it stands for the network. */
  readonly parameters: Readonly<Partial<Record<UtmParameter, string>>>;
}

export const utmParameters = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export type UtmParameter = (typeof utmParameters)[number];
