import * as vscode from 'vscode';
import type { ApiName } from '../core/buffer/model.ts';
import { authUrl, graphqlUrl, restV1Url } from '../core/buffer/transport/serviceUrl.ts';

/** The ways to post that a person chooses from. */
export type ShareMode = 'queue' | 'next' | 'now' | 'schedule';

const shareModes: readonly ShareMode[] = ['queue', 'next', 'now', 'schedule'];

let report: (line: string) => void = () => undefined;
/** Settings of which it was said that they cannot be used; each once, until it can. */
const unusable = new Set<string>();

/** Says where a line goes about a setting that holds what cannot be used. */
export function onUnusableSetting(write: (line: string) => void): void {
  report = write;
}

/**
 * People switch a setting off with null, and write anything into it: what cannot be used is its default, and is said.
 * @returns the value, or undefined where the default is to be taken
 */
export function usable<Value>(name: string, value: unknown, isUsable: (value: unknown) => value is Value): Value | undefined {
  if (value === undefined || isUsable(value)) {
    unusable.delete(name);
    return value;
  }
  // What stands in it may be a key that was pasted there.
  if (!unusable.has(name)) report(`buffer.${name} cannot be used as it is; its default is taken.`);
  unusable.add(name);
  return undefined;
}

const isOneOf =
  <Word extends string>(...words: readonly Word[]) =>
  (value: unknown): value is Word =>
    words.some((each) => each === value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isString = (value: unknown): value is string => typeof value === 'string';
const isPageSize = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100;
const isGroups = (value: unknown): value is Record<string, string[]> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((members) => Array.isArray(members) && members.every(isString));

/** The settings as they are now. Each is read when it is used, so a change needs no reload. */
export const settings = {
  /** A service's address. */
  address(api: ApiName): string {
    return api === 'v1' ? ownAddress('apiUrl', restV1Url) : ownAddress('graphqlUrl', graphqlUrl);
  },

  /**
   * Where people sign in in the browser, and as which application where one was set up. Nowhere, where the API is somebody
   * else's and nobody said where that one's people sign in.
   */
  get signInAt(): { readonly authUrl?: string; readonly clientId?: string } {
    const clientId = own('oauthClientId');
    const isKnown = clientId ?? own('authUrl') ?? (this.address('graphql') === graphqlUrl || undefined);
    return { clientId, authUrl: isKnown && ownAddress('authUrl', authUrl) };
  },

  /** Updates a page, 1 to 100. */
  get pageSize(): number {
    return usable('pageSize', valueOf('pageSize'), isPageSize) ?? 25;
  },

  /** Where a composer opens. */
  get composerLocation(): 'editor' | 'sidebar' {
    return usable('composerLocation', valueOf('composerLocation'), isOneOf('editor', 'sidebar')) ?? 'editor';
  },

  /** Whether the status bar shows what goes out next. */
  get showsNext(): boolean {
    return usable('statusBar.next', valueOf('statusBar.next'), isBoolean) ?? false;
  },

  /** Whether free posting times stand among updates that are grouped by day. */
  get showsFreeTimes(): boolean {
    return usable('showFreePostingTimes', valueOf('showFreePostingTimes'), isBoolean) ?? true;
  },

  /** Groups of profiles, by name; members are ids or names of profiles. */
  get profileGroups(): Readonly<Record<string, readonly string[]>> {
    const told = valueOf('profileGroups');
    usable('profileGroups', told, isGroups);
    // Of several groups those are kept that can be.
    const groups = typeof told === 'object' && told !== null && !Array.isArray(told) ? told : {};
    const members = (value: unknown) => (Array.isArray(value) ? value.filter(isString) : []);
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, members(value)]));
  },

  /** What the list of ways to post starts with. */
  get defaultShareMode(): ShareMode {
    return usable('defaultScheduleMode', valueOf('defaultScheduleMode'), isOneOf(...shareModes)) ?? 'queue';
  },
};

/**
 * A setting that decides where a token goes. Only the person's own settings count: a workspace must not, whatever scope
 * a future VS Code gives it.
 */
function own(name: string): string | undefined {
  const told: unknown = vscode.workspace.getConfiguration('buffer').inspect(name)?.globalValue;
  return usable(name, told, isString)?.trim() || undefined;
}

function valueOf(name: string): unknown {
  return vscode.workspace.getConfiguration('buffer').get<unknown>(name);
}

function ownAddress(name: string, usual: string): string {
  return (own(name) ?? usual).replace(/\/+$/, '');
}
