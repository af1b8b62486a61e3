import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as GraphqlJs from 'graphql';
import { expect, test } from 'vitest';
import { fieldTable, rendered } from './fieldTable.ts';
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

test('each row names a test that there is', () => {
  const tests = [...new Set(Object.values(fieldTable).map((each) => each.test))];
  expect(tests.filter((name) => !existsSync(new URL(`../../${name}.test.ts`, import.meta.url)))).toEqual([]);
});

test('docs/fields.md says what the table says', () => {
  if (process.env['WRITE_FIELDS']) writeFileSync(document, rendered());
  expect(readFileSync(document, 'utf8')).toBe(rendered());
});
