import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as GraphqlJs from 'graphql';
import { expect, test } from 'vitest';
import { type FieldTest, fieldTable, rendered } from './fieldTable.ts';
import { publicSchema } from './wholeType.ts';

const graphql = createRequire(import.meta.url)('graphql') as typeof GraphqlJs;
const document = new URL('../../../../docs/fields.md', import.meta.url);

/** The fields of what a post is made and changed with, to their leaves; lists of inputs whose fields say all are none of their own. */
function inputFields(): string[] {
  const known = new Set<string>();
  const walk = (typeName: string): string[] => {
    if (known.has(typeName)) return [];
    known.add(typeName);
    const type = publicSchema.getType(typeName) as GraphqlJs.GraphQLInputObjectType;
    return Object.values(type.getFields()).flatMap((field) => {
      const inner = graphql.getNamedType(field.type);
      const name = `${typeName}.${field.name}`;
      return graphql.isInputObjectType(inner) ? [...(name in fieldTable ? [name] : []), ...walk(inner.name)] : [name];
    });
  };
  return [...walk('CreatePostInput'), ...walk('EditPostInput')];
}

test('each field of the inputs of a post has a row, and each row is one of them', () => {
  const fields = inputFields();
  expect(fields.filter((name) => !(name in fieldTable))).toEqual([]);
  expect(Object.keys(fieldTable).filter((name) => !fields.includes(name))).toEqual([]);
});

test('each row names a test that there is, in its file', () => {
  const named = new Map(
    Object.values(fieldTable).flatMap(({ tests }) => tests.map((each) => [`${each.file}: ${each.title}`, each] as const)),
  );
  const isThere = ({ file, title }: FieldTest) => {
    const place = new URL(`../../${file}.test.ts`, import.meta.url);
    // Of a title only what stands in its call.
    return (
      existsSync(place) &&
      [...readFileSync(place, 'utf8').matchAll(/(['`])((?:(?!\1)[^\n])+)\1/gu)].some(([, , each]) => each!.includes(title))
    );
  };
  expect([...named.values()].filter((each) => !isThere(each))).toEqual([]);
  expect(Object.entries(fieldTable).filter(([, { tests }]) => tests.length === 0)).toEqual([]);
});

test('docs/fields.md says what the table says', () => {
  if (process.env['WRITE_FIELDS']) writeFileSync(document, rendered());
  expect(readFileSync(document, 'utf8')).toBe(rendered());
});
