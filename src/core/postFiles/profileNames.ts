import type { Profile, Service } from '../buffer/model.ts';
import { closest } from './closest.ts';
import { nameOfNetwork, networkNamed, networkNames, sameNetwork } from './networkNames.ts';
import type { Written } from './postFile.ts';
import { problem, type Problem } from './problem.ts';

/** A profile as a file names it: `network/handle`, or the network alone for its only profile. */
export interface ProfileWritten {
  readonly service: Service;
  /** Without an @ in front. */
  readonly handle?: string;
}

const plain = (name: string): string => name.trim().replace(/^@/u, '').normalize('NFKC').toLowerCase();

/** The kind of profile behind a handle that two profiles share: `linkedin/Larkspur (page)`. */
const kindBehind = / \((?<kind>[a-z]+)\)$/iu;

/** What a file names, or what is wrong with it. No profile is looked up. */
export function readProfile({ value, range }: Written): ProfileWritten | Problem {
  const slash = value.indexOf('/');
  const name = slash < 0 ? value : value.slice(0, slash);
  const service = networkNamed(name);
  if (!service) {
    if (slash < 0) return problem('profileWithoutNetwork', range, [value]);
    const meant = closest(name, networkNames);
    if (!meant) return { service: name.trim().toLowerCase(), handle: value.slice(slash + 1).trim() };
    const fix = { kind: 'replace', range, text: quoted(`${meant}${value.slice(slash)}`) } as const;
    return problem('unknownNetworkMeant', range, [name, meant], { fix });
  }
  const handle = slash < 0 ? '' : value.slice(slash + 1).trim();
  return { service, ...(handle && { handle }) };
}

/** How a file names a profile so that no other is meant. */
export function nameInFile(profile: Profile, profiles: readonly Profile[]): string {
  const network = nameOfNetwork(profile.service);
  const names = [profile.username, profile.name].map((name) => name.replace(/^@/u, '').trim()).filter(Boolean);
  // A server stands behind the name where a network has many.
  const [short, long = short] = names;
  const first = profile.service === 'mastodon' && long?.includes('@') ? [long, short] : [short, long];
  const isAlone = (handle: string) => matching({ service: sameNetwork(profile.service), handle }, profiles).length === 1;
  const handle = first.find((each) => each !== undefined && isAlone(each));
  if (handle !== undefined) return `${network}/${handle}`;
  return `${network}/${first[0] ?? profile.id} (${profile.serviceType})`;
}

/** The profiles that are meant: one, if all is well. */
export function matching({ service, handle }: ProfileWritten, profiles: readonly Profile[]): readonly Profile[] {
  const ofNetwork = profiles.filter((each) => sameNetwork(each.service) === service);
  if (handle === undefined) return ofNetwork;
  const called = (name: string, among: readonly Profile[]) => {
    const wanted = plain(name);
    const byHandle = among.filter((each) => plain(each.username) === wanted);
    return byHandle.length ? byHandle : among.filter((each) => plain(each.name) === wanted);
  };
  const found = called(handle, ofNetwork);
  if (found.length) return found;
  const kind = kindBehind.exec(handle)?.groups?.['kind']?.toLowerCase();
  return kind === undefined
    ? []
    : called(
        handle.replace(kindBehind, ''),
        ofNetwork.filter(({ serviceType }) => serviceType.toLowerCase() === kind),
      );
}

/** The profile that is meant, or why that cannot be told. */
export function findProfile(named: ProfileWritten, written: Written, profiles: readonly Profile[]): Profile | Problem {
  const found = matching(named, profiles);
  if (found.length === 1) return found[0]!;
  const names = (among: readonly Profile[]) => among.map((each) => nameInFile(each, profiles));
  if (found.length > 1) return problem('ambiguousProfile', written.range, [written.value, names(found).join(', ')]);
  const all = names(profiles);
  const meant = closest(written.value, all);
  if (!meant) return problem('unknownProfile', written.range, [written.value]);
  const text = quoted(meant);
  return problem('unknownProfileMeant', written.range, [written.value, meant], { fix: { kind: 'replace', range: written.range, text } });
}

/** A word as YAML takes it within a list: in quotes where it would mean something else. */
export function quoted(word: string): string {
  return /^[\p{L}\p{N}_./](?:[\p{L}\p{N}_./@()+=~?; -]|:(?=\S))*$/u.test(word) && word === word.trim() ? word : JSON.stringify(word);
}
