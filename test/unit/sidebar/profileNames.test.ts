import { expect, test } from 'vitest';
import { profileNames } from '../../../src/ui/profileNames.ts';

test('profiles of one name are told apart by their networks', () => {
  const named = (name: string, service: string) => ({ name, service });
  expect(profileNames([named('Larkspur', 'twitter'), named('Fern', 'linkedin')])).toBe('Larkspur, Fern');
  expect(profileNames([named('Larkspur', 'twitter'), named('Larkspur', 'linkedin'), named('Fern', 'bluesky')])).toBe(
    'Larkspur (X), Larkspur (LinkedIn), Fern',
  );
});

test('a name turns no other words round', () => {
  expect(profileNames([{ name: 'odd\u202e', service: 'twitter' }])).toBe('\u2068odd\u202e\u2069');
  expect(profileNames([{ name: 'לרקספור', service: 'twitter' }])).toBe('\u2068לרקספור\u2069');
});
