import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  buildSchema,
  introspectionFromSchema,
  isInputObjectType,
  isObjectType,
  parse,
  print,
  visit,
} from '../../../scripts/schemaDrift/graphqlJs.ts';
import { dayIn, endingsOf } from '../../../scripts/schemaDrift/endings.ts';
import { deprecationsOf } from '../../../scripts/schemaDrift/deprecations.ts';
import { driftBetween } from '../../../scripts/schemaDrift/drift.ts';
import { ourDocuments } from '../../../scripts/schemaDrift/ourDocuments.ts';
import { keptSchemaFile, schemaFrom } from '../../../scripts/schemaDrift/readSchema.ts';
import { reportOf } from '../../../scripts/schemaDrift/report.ts';
import { usageOf } from '../../../scripts/schemaDrift/usage.ts';
import { fallbacks } from '../../../src/core/buffer/graphql/optionalFields.ts';
import { runs } from '../support/runs.ts';

const keptText = await readFile(keptSchemaFile, 'utf8');
const kept = buildSchema(keptText);
const usage = usageOf(kept, Object.values(ourDocuments));
/** What is known to go of what we use. */
const known = endingsOf(kept, usage);

/** The kept schema without one field, given as `Type.field`. */
function without(coordinate: string): GraphQLSchema {
  const [typeName, fieldName] = coordinate.split('.');
  const onType = (node: { name: { value: string }; fields?: readonly { name: { value: string } }[] }) =>
    node.name.value === typeName ? { ...node, fields: node.fields?.filter(({ name }) => name.value !== fieldName) } : undefined;
  const changed = visit(parse(keptText), {
    ObjectTypeDefinition: onType,
    InterfaceTypeDefinition: onType,
    InputObjectTypeDefinition: onType,
  });
  return buildSchema(print(changed));
}

/** All fields of the kept schema's object types, or of its input types, without which the schema would still be one. */
function coordinates(isOfKind: (type: unknown) => boolean): string[] {
  return Object.values(kept.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__') || !isOfKind(type) || !('getFields' in type)) return [];
    const promised = 'getInterfaces' in type ? type.getInterfaces().flatMap((each) => Object.keys(each.getFields())) : [];
    const names = Object.keys(type.getFields()).filter((name) => !promised.includes(name));
    return names.length > 1 ? names.map((name) => `${type.name}.${name}`) : [];
  });
}

async function keptTo(change: (text: string) => string) {
  const text = change(keptText);
  expect(text).not.toBe(keptText);
  return driftBetween(kept, schemaFrom(text), ourDocuments);
}

describe('the kept schema', () => {
  test('does not differ from itself, nor from its own introspection', async () => {
    const newer = schemaFrom(JSON.stringify({ data: introspectionFromSchema(kept) }));
    const drift = await driftBetween(kept, newer, ourDocuments);
    expect(drift).toEqual({ came: [], went: [], changed: [], deprecated: [], ending: known, broken: [] });
    expect(reportOf({ ...drift, ending: [] })).toBe('No difference.');
    expect(reportOf(drift)).toMatch(/^No difference\.\n\nUsed, and to go/u);
  });

  test('may get descriptions without a word', async () => {
    const drift = await keptTo((text) => text.replace('type Author {', '"Who wrote it."\ntype Author {\n  "Where to write to."'));
    expect(reportOf({ ...drift, ending: [] })).toBe('No difference.');
  });

  test('may grow: that is told, and breaks nothing', async () => {
    const drift = await keptTo((text) =>
      text
        .replace('type Author {', 'type Author {\n  pronouns: String')
        .replace('input CreatePostInput {', 'input CreatePostInput {\n  mood: Mood')
        .replace('enum PostStatus {', 'enum PostStatus {\n  paused')
        .concat('\nenum Mood {\n  calm\n}\n'),
    );
    expect(drift.came).toHaveLength(4);
    expect(reportOf(drift)).toMatch(/^Came \(4\)\n/);
    for (const word of ['pronouns', 'mood', 'paused', 'Mood']) expect(reportOf(drift)).toContain(word);
    expect(drift.broken).toEqual([]);
  });

  test('may not lose a field that is asked for', async () => {
    const asked = coordinates(isObjectType).filter((each) => usage.fields.has(each));
    expect(asked.length).toBeGreaterThan(50);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...asked), async (each) => {
        const drift = await driftBetween(kept, without(each), ourDocuments);
        expect(drift.went).toHaveLength(1);
        expect(drift.broken, each).not.toEqual([]);
      }),
      { numRuns: runs(6) },
    );
  });

  test('may lose a field that is not asked for', async () => {
    const rest = coordinates(isObjectType).filter((each) => !usage.fields.has(each));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...rest), async (each) => {
        const drift = await driftBetween(kept, without(each), ourDocuments);
        expect(drift.went).toHaveLength(1);
        expect(drift.broken, each).toEqual([]);
      }),
      { numRuns: runs(6) },
    );
  });

  test('may lose a field of an input if that is never sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...coordinates(isInputObjectType)), async (each) => {
        const drift = await driftBetween(kept, without(each), ourDocuments);
        expect(drift.broken.length > 0, each).toBe(usage.inputs.has(each.split('.')[0]!));
      }),
      { numRuns: runs(6) },
    );
  });

  test.each([
    ['a new field must be sent', 'input CreatePostInput {', 'input CreatePostInput {\n  mood: String!'],
    ['a value can no longer be sent', 'enum ShareMode {\n  addToQueue\n', 'enum ShareMode {\n'],
    ['an answer is of another type', /^ {2}text: String!$/mu, '  text: Int!'],
    ['errors no longer share their interface', 'type NotFoundError implements MutationError {', 'type NotFoundError {'],
  ])('breaks what we send or read when %s', async (_, from, to) => {
    const drift = await keptTo((text) => text.replace(from, to));
    expect(drift.broken).not.toEqual([]);
  });

  test('says what is newly deprecated, and whether it is used', async () => {
    const drift = await keptTo((text) =>
      text
        .replace(/(type Post \{(?:\n {2}.*)*?\n {2}dueAt: DateTime)/u, '$1 @deprecated(reason: "Ask for its slot")')
        .replace(/(type Author \{\n {2}id: AccountId!)/u, '$1 @deprecated(reason: "Nobody needs it")'),
    );
    expect(drift.deprecated).toContain('Post.dueAt, which the extension uses: Ask for its slot');
    expect(drift.deprecated).toContain('Author.id: Nobody needs it');
    expect(drift.ending).toEqual([...known, 'no day: Post.dueAt: Ask for its slot']);
    expect({ ...drift, deprecated: [], ending: known }).toEqual({
      came: [],
      went: [],
      changed: [],
      deprecated: [],
      ending: known,
      broken: [],
    });
  });
});

describe('npm run schema:drift', () => {
  test.each([
    ['ends well where nothing went that is used', 'type Author {', 'type Author {\n  pronouns: String', 0, /^Came \(1\)\n {2}.*pronouns/u],
    [
      'fails where something went that is used',
      'enum ShareMode {\n  addToQueue\n',
      'enum ShareMode {\n',
      1,
      /No longer fits[^]*addToQueue/u,
    ],
  ])('%s', async (_, from, to, code, words) => {
    const folder = await mkdtemp(join(tmpdir(), 'buffer-drift-'));
    try {
      const file = join(folder, 'newer.graphql');
      await writeFile(file, keptText.replace(from, to));
      const ended = await new Promise<{ code: number; stdout: string }>((resolve) => {
        const main = fileURLToPath(new URL('../../../scripts/schemaDrift/main.ts', import.meta.url));
        execFile(process.execPath, [main, file], (error, stdout) => resolve({ code: Number(error?.code ?? 0), stdout }));
      });
      expect(ended.stdout).toMatch(words);
      expect(ended.code).toBe(code);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('what is used and to go', () => {
  test.each([
    ['This field will be removed on December 15, 2026.', '2026-12-15'],
    ['Gone after 2027-01-05.', '2027-01-05'],
    ['Removed on March 3rd, 2027', '2027-03-03'],
    ['This will be removed on the 12/10/2021', undefined],
    ['get time from the endDate', undefined],
  ])('%s', (reason, day) => expect(dayIn(reason)).toBe(day));

  test('is told with its day, soonest first', () => {
    const ending = endingsOf(
      schemaFrom(
        keptText
          .replace(/(type Post \{(?:\n {2}.*)*?\n {2}dueAt: DateTime)/u, '$1 @deprecated(reason: "Ask for its slot")')
          .replace(/(type Post \{(?:\n {2}.*)*?\n {2}externalLink: String)/u, '$1 @deprecated(reason: "Gone on November 30, 2026")')
          .replace(/(type Author \{\n {2}id: AccountId!)/u, '$1 @deprecated(reason: "Gone on November 1, 2026")'),
      ),
      usage,
    );
    expect(ending.map((line) => line.split(': ', 2).join(' '))).toEqual([
      '2026-11-30 Post.externalLink',
      '2026-12-15 AssetInput.link',
      '2026-12-15 ThreadedPost.linkAttachment',
      'no day Post.dueAt',
    ]);
  });

  test('is asked for only where it stands in for what may not be there yet', () => {
    const deprecated = deprecationsOf(kept);
    expect([...usage.fields].filter((each) => deprecated.has(each) && !fallbacks.includes(each))).toEqual([]);
  });
});
