import { expect, test } from 'vitest';
import { isolated, profileNames } from '../../../src/ui/profileNames.ts';

const named = (name: string, service: string, username?: string) => ({ name, service, ...(username && { username }) });

test('profiles of one name are told apart by their networks', () => {
  const [x, linkedin, fern] = [named('Larkspur', 'twitter'), named('Larkspur', 'linkedin'), named('Fern', 'bluesky')];
  expect(profileNames([x, fern], [x, fern])).toBe('Larkspur, Fern');
  expect(profileNames([x, linkedin, fern], [x, linkedin, fern])).toBe('Larkspur (X), Larkspur (LinkedIn), Fern');
  // Also where only one of them is named, and by a copy.
  expect(profileNames([{ ...x }], [x, linkedin, fern])).toBe('Larkspur (X)');
  expect(profileNames([{ ...x }], [x, fern])).toBe('Larkspur');
});

test('profiles of one name on one network are told apart by their user names', () => {
  const [one, other] = [named('Fern', 'linkedin', 'fern'), named('Fern', 'linkedin', 'fern-shop')];
  expect(profileNames([one, other], [one, other])).toBe('Fern (LinkedIn, fern), Fern (LinkedIn, fern-shop)');
});

test('a name turns no other words round', () => {
  const names = (name: string) => profileNames([named(name, 'twitter')], []);
  expect(names('odd\u202e')).toBe('\u2068odd\u202e\u2069');
  expect(names('לרקספור')).toBe('\u2068לרקספור\u2069');
  expect(names('\u{1e900}')).toBe('\u2068\u{1e900}\u2069');
  expect(names('Ünal 日本')).toBe('Ünal 日本');
});

test('a name ends no isolation but its own, and leaves none open', () => {
  expect(isolated('a\u2069\u202eb')).toBe('\u2068a\u202eb\u2069');
  expect(isolated('a\u2067b')).toBe('\u2068a\u2067b\u2069\u2069');
  expect(isolated('a\u2067b\u2069c')).toBe('\u2068a\u2067b\u2069c\u2069');
  expect(isolated('a\u202e\nb\u2029c')).toBe('\u2068a\u202e b c\u2069');
});
