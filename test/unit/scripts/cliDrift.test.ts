import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { buildSchema, parse } from '../../../scripts/schemaDrift/graphqlJs.ts';
import { cliCoordinates } from '../../../scripts/schemaDrift/cliCoordinates.ts';
import { cliDrift } from '../../../scripts/schemaDrift/cliDrift.ts';
import { type CliPackage, readCliPackage } from '../../../scripts/schemaDrift/cliPackage.ts';
import { keptSchemaFile } from '../../../scripts/schemaDrift/readSchema.ts';

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
  stamp: { kind: "interface", shared: { value: { kind: "leaf" } }, members: {
    Airmail: { kind: "object", fields: { blue: { kind: "leaf" } } }
  } },
  ${node}
} } };
export { operationShell, selectionTree };
`,
  );
  await writeFile(
    join(folder, 'built', 'letters-B.mjs'),
    `var commandDetail = { fieldName: "letters", operationType: "query", pagination: void 0, jsonInputSchema: {
  type: "object", properties: {
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

/** What has moved on from one release to another. */
function between(earlier: CliPackage, later: CliPackage, ours = documents) {
  const { known, unknown } = cliCoordinates(earlier, kept);
  return cliDrift(kept, [...known, ...unknown], cliCoordinates(later, kept), ours);
}

test('the same twice does not differ', async () => {
  expect(between(await release(), await release())).toEqual({ came: [], went: [], changed: [], deprecated: [], ending: [], broken: [] });
});

test('what the kept schema lacks has come', async () => {
  const later = await release({
    node: 'seal: { kind: "object", fields: { wax: { kind: "leaf" } } }',
    order: '"newest", "oldest", "longest"',
    address: 'country: { type: "string" }',
  });
  const { came, broken } = between(await release(), later);
  expect(came.map((line) => line.split(',')[0]).sort()).toEqual(['Address.country', 'Letter.seal', 'Order.longest']);
  expect(broken).toEqual([]);
});

test('what is no longer named has gone, and breaks what is sent', async () => {
  const earlier = await release({ address: 'street: { type: "string" }' });
  const { went, broken } = between(earlier, await release({ order: '"newest"' }));
  expect(went.map((line) => line.split(' ')[0]).sort()).toEqual(['Address.street', 'Order.oldest']);
  expect(broken).toEqual(went);
});

test('and breaks what is asked for, but nothing else', async () => {
  const asks = { Letters: parse('{ letters(input: {}) { edges { node { id } } } }') };
  const { broken, went } = between(await release(), { ...(await release()), selections: new Map() }, asks);
  expect(went.length).toBeGreaterThan(broken.length);
  expect(broken.map((line) => line.split(' ')[0]).sort()).toEqual(['Edge.node', 'Letter.id', 'Letters.edges']);
});

test('a package without what is looked for is not taken for one that lost everything', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'buffer-cli-'));
  folders.push(folder);
  await mkdir(join(folder, 'built'));
  await writeFile(join(folder, 'built', 'index.mjs'), 'export const a = 1;\n');
  await expect(readCliPackage(folder)).rejects.toThrow('built in another way');
});

test('the kept schema has all that the last compared release names', async () => {
  const lines = (await readFile(keptSchemaFile, 'utf8')).split('\n');
  const { names } = JSON.parse(await readFile(new URL('../../../scripts/schemaDrift/lastCompared.json', import.meta.url), 'utf8')) as {
    names: string[];
  };
  expect(names.length).toBeGreaterThan(500);
  let type = '';
  const kept = new Set<string>();
  for (const line of lines) {
    type = /^(?:type|input|enum|interface|union|scalar) (\w+)/u.exec(line)?.[1] ?? type;
    kept.add(type).add(`${type}.${/^ {2}(\w+)/u.exec(line)?.[1]}`);
  }
  expect(names.filter((name) => !kept.has(name))).toEqual([]);
});
