import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildSchema, parse } from '../../../scripts/schemaDrift/graphqlJs.ts';
import { cliCoordinates } from '../../../scripts/schemaDrift/cliCoordinates.ts';
import { cliDrift } from '../../../scripts/schemaDrift/cliDrift.ts';
import { type CliPackage, readCliPackage } from '../../../scripts/schemaDrift/cliPackage.ts';

const kept = buildSchema(`
  type Query { letters(input: LettersInput!, first: Int): Letters! }
  input LettersInput { order: Order, from: [Address!] }
  input Address { town: String, street: String }
  enum Order { newest oldest }
  type Letters { edges: [Edge!] }
  type Edge { node: Letter! }
  type Letter { id: ID!, enclosed: [Enclosed!], stamp: Stamp }
  union Enclosed = Picture | Leaf
  type Picture { url: String }
  type Leaf { tree: String }
  interface Stamp { value: Int }
  type Airmail implements Stamp { value: Int, blue: Boolean }
`);
const documents = {
  Letters: parse(
    'query Letters($input: LettersInput!) { letters(input: $input) { edges { node { id enclosed { ... on Leaf { tree } } } } } }',
  ),
};

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

/** A release of a command line as it is packed: modules that hold literals. */
async function release({
  node = '',
  order = '"newest", "oldest"',
  address = '',
}: { node?: string; order?: string; address?: string } = {}): Promise<CliPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'buffer-cli-'));
  folders.push(folder);
  await mkdir(join(folder, 'built'));
  await writeFile(
    join(folder, 'built', 'letters-A.mjs'),
    `var operationShell = \`query Letters($input: LettersInput!) {
  letters(input: $input) {
    %SELECTIONS%
  }
}\`;
throw new Error('This module was run.');
var selectionTree = { kind: "connection", items: { kind: "object", fields: {
  id: { kind: "leaf" },
  enclosed: { kind: "union", members: { Leaf: { kind: "object", fields: { tree: { kind: "leaf" } } } } },
  stamp: { kind: "interface", shared: { value: { kind: "leaf" } }, members: { Airmail: { kind: "object", fields: { blue: { kind: "leaf" } } } } },
  ${node}
} } };
export { operationShell, selectionTree };
`,
  );
  await writeFile(
    join(folder, 'built', 'letters-B.mjs'),
    `var commandDetail = { fieldName: "letters", operationType: "query", pagination: void 0, jsonInputSchema: { type: "object", properties: {
  order: { type: "string", enum: [${order}] },
  from: { type: "array", items: { type: "object", properties: { town: { type: "string" }, ${address} } } }
}, required: [] } };
export { commandDetail };
`,
  );
  return readCliPackage(folder);
}

test('a release is placed in the schema, and its modules are not run', async () => {
  const { known, unknown } = cliCoordinates(await release(), kept);
  expect([...known].sort()).toEqual(
    [
      ...['Query.letters', 'Letters.edges', 'Edge.node', 'Letter.id', 'Letter.enclosed', 'Letter.stamp'],
      ...['Leaf', 'Leaf.tree', 'Stamp.value', 'Airmail', 'Airmail.blue'],
      ...['LettersInput.order', 'LettersInput.from', 'Order.newest', 'Order.oldest', 'Address.town'],
    ].sort(),
  );
  expect([...unknown]).toEqual([]);
});

test('the same twice does not differ', async () => {
  expect(cliDrift(kept, [await release(), await release()], documents)).toEqual({
    came: [],
    went: [],
    changed: [],
    deprecated: [],
    broken: [],
  });
});

test('what the kept schema lacks has come', async () => {
  const later = await release({
    node: 'seal: { kind: "object", fields: { wax: { kind: "leaf" } } }',
    order: '"newest", "oldest", "longest"',
    address: 'country: { type: "string" }',
  });
  const { came, broken } = cliDrift(kept, [await release(), later], documents);
  expect(came.map((line) => line.split(',')[0]).sort()).toEqual(['Address.country', 'Letter.seal', 'Order.longest']);
  expect(broken).toEqual([]);
});

test('what is no longer named has gone, and breaks what is used', async () => {
  const earlier = await release({ address: 'street: { type: "string" }' });
  const { went, broken } = cliDrift(kept, [earlier, await release({ order: '"newest"' })], documents);
  expect(went).toHaveLength(2);
  expect(broken).toEqual(went);
  const unused = { Letters: parse('{ letters(input: {}) { edges { node { id } } } }'), Other: parse('{ __typename }') };
  const { broken: felt } = cliDrift(kept, [await release(), { ...(await release()), selections: new Map() }], unused);
  expect(felt.map((line) => line.split(' ')[0]).sort()).toEqual(['Edge.node', 'Letter.id', 'Letters.edges']);
});

test('a package without what is looked for is not taken for one that lost everything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'buffer-cli-'));
  folders.push(folder);
  await mkdir(join(folder, 'built'));
  await writeFile(join(folder, 'built', 'index.mjs'), 'export const a = 1;\n');
  await expect(readCliPackage(folder)).rejects.toThrow('built in another way');
});
