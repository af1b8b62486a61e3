import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import * as vscode from 'vscode';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onUnusableSetting, settings } from '../../../src/ui/settings.ts';
import { utmRules } from '../../../src/ui/utmSetting.ts';

interface Described {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly unknown[];
}
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    configuration: { properties: Record<string, Described> };
    configurationDefaults: Record<string, Record<string, unknown>>;
  };
};
const { properties } = contributes.configuration;

/** How each setting is read. */
const reads: Readonly<Record<string, () => unknown>> = {
  'buffer.defaultScheduleMode': () => settings.defaultShareMode,
  'buffer.pageSize': () => settings.pageSize,
  'buffer.apiUrl': () => settings.address('v1'),
  'buffer.composerLocation': () => settings.composerLocation,
  'buffer.profileGroups': () => settings.profileGroups,
  'buffer.statusBar.next': () => settings.showsNext,
  'buffer.showFreePostingTimes': () => settings.showsFreeTimes,
  'buffer.utmRules': () => utmRules(),
  'buffer.graphqlUrl': () => settings.address('graphql'),
  'buffer.oauthClientId': () => settings.signInAt.clientId,
  'buffer.authUrl': () => settings.signInAt.authUrl,
};

let values: Record<string, unknown>;
let said: string[];

beforeEach(() => {
  values = {};
  said = [];
  onUnusableSetting((line) => said.push(line));
  vi.spyOn(vscode.workspace, 'getConfiguration').mockReturnValue({
    get: (name: string) => values[name],
    inspect: (name: string) => ({ globalValue: values[name] }),
  } as never);
});
afterEach(() => {
  onUnusableSetting(() => undefined);
  vi.restoreAllMocks();
});

test('each setting of the manifest is read here', () => {
  expect(Object.keys(reads).toSorted()).toEqual(Object.keys(properties).toSorted());
});

/** What no setting of a type takes. */
const wrong = (type: string): fc.Arbitrary<unknown> =>
  fc
    .oneof(
      fc.constantFrom<unknown>(null, NaN, Infinity, -1, 0, 1.5, 1e308, '', 'x'.repeat(100_000), [], {}, true, [[null]], { a: null }),
      fc.jsonValue({ maxDepth: 2 }),
    )
    .filter((value) => {
      if (type === 'string') return typeof value !== 'string';
      if (type === 'integer') return !(Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 100);
      if (type === 'boolean') return typeof value !== 'boolean';
      if (type === 'array') return !Array.isArray(value);
      return typeof value !== 'object' || value === null || Array.isArray(value);
    });

test.each(Object.keys(properties))('whatever stands in %s, its default holds, and the log says so once', (key) => {
  const name = key.slice('buffer.'.length);
  const usual = reads[key]!();
  const { type, enum: words } = properties[key]!;
  // Words that are none of those that it takes.
  const any = words
    ? fc.oneof(
        wrong(type),
        fc.string().filter((each) => !words.includes(each)),
      )
    : wrong(type);
  fc.assert(
    fc.property(any, (value) => {
      values = {};
      reads[key]!();
      said = [];
      values = { [name]: value };
      expect(reads[key]!()).toEqual(usual);
      expect(reads[key]!()).toEqual(usual);
      expect(said).toEqual([`${key} cannot be used as it is; its default is taken.`]);
    }),
  );
  values = {};
  expect(reads[key]!()).toEqual(usual);
});

test('what can be used is, and of groups and rules those that can be', () => {
  values = { pageSize: 7, defaultScheduleMode: 'now', composerLocation: 'sidebar', oauthClientId: ' me ', apiUrl: 'https://v1.example/' };
  expect([settings.pageSize, settings.defaultShareMode, settings.composerLocation]).toEqual([7, 'now', 'sidebar']);
  expect([settings.signInAt.clientId, settings.address('v1')]).toEqual(['me', 'https://v1.example']);
  expect(said).toEqual([]);
  values = { profileGroups: { good: ['a', 7], bad: null }, utmRules: [{ domain: 'a.example', source: 'x' }, 'b.example'] };
  expect(settings.profileGroups).toEqual({ good: ['a'], bad: [] });
  expect(utmRules()).toMatchObject([{ domain: 'a.example' }]);
  expect(said).toHaveLength(2);
});

test('a line of the log holds nothing that stands in a setting', () => {
  values = { oauthClientId: ['secret'], pageSize: 'secret' };
  void [settings.signInAt, settings.pageSize];
  expect(said).toHaveLength(2);
  expect(said.join()).not.toContain('secret');
});

test('an update with unusual line ends is opened without a question, and stays as it is', () => {
  expect(contributes.configurationDefaults['[buffer-update]']).toMatchObject({
    'editor.unusualLineTerminators': 'off',
    'files.insertFinalNewline': false,
    'files.trimFinalNewlines': false,
    'files.trimTrailingWhitespace': false,
  });
});
