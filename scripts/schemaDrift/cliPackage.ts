import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

/** What the command line asks of one answer: `generated/documents/` of the package. */
export interface CliSelection {
  readonly kind: string;
  readonly fields?: Readonly<Record<string, CliSelection>>;
  readonly shared?: Readonly<Record<string, CliSelection>>;
  readonly members?: Readonly<Record<string, CliSelection>>;
  readonly items?: CliSelection;
}

/** What it can send: a JSON Schema of the input, from `generated/command-details/` of the package. */
export interface CliInput {
  readonly properties?: Readonly<Record<string, CliInput>>;
  readonly items?: CliInput;
  readonly enum?: readonly string[];
}

/** What Buffer's own command line, which is generated from the schema, tells of that schema. */
export interface CliPackage {
  /** By the text of the operation, without its selections. */
  readonly selections: ReadonlyMap<string, CliSelection>;
  readonly inputs: readonly { operationType: 'query' | 'mutation'; fieldName: string; input: CliInput }[];
}

/** Reads an unpacked `@bufferapp/cli`. Its modules are read as text; nothing of them is run. */
export async function readCliPackage(folder: string): Promise<CliPackage> {
  const selections = new Map<string, CliSelection>();
  const inputs: CliPackage['inputs'][number][] = [];
  for await (const name of glob('built/*.mjs', { cwd: folder })) {
    const constants = constantsOf(await readFile(join(folder, name), 'utf8'));
    if (constants.has('operationShell'))
      selections.set(constants.get('operationShell') as string, constants.get('selectionTree') as CliSelection);
    const detail = constants.get('commandDetail') as
      { operationType: 'query' | 'mutation'; fieldName: string; jsonInputSchema?: CliInput } | undefined;
    if (detail?.jsonInputSchema) inputs.push({ ...detail, input: detail.jsonInputSchema });
  }
  if (selections.size === 0 || inputs.length === 0)
    throw new Error(`${folder} tells nothing of the schema: the package is built in another way.`);
  return { selections, inputs };
}

/** The variables of a module that are given as literals, by their names. */
function constantsOf(text: string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const statement of ts.createSourceFile('module.mjs', text, ts.ScriptTarget.Latest).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && ['operationShell', 'selectionTree', 'commandDetail'].includes(name.text) && initializer) {
        found.set(name.text, literalOf(initializer));
      }
    }
  }
  return found;
}

/** The value of an expression that is made of literals; anything else in it is taken as not given. */
function literalOf(node: ts.Expression): unknown {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literalOf);
  if (ts.isObjectLiteralExpression(node)) {
    return Object.fromEntries(
      node.properties
        .filter(ts.isPropertyAssignment)
        .map(({ name, initializer }) => [(name as ts.Identifier | ts.StringLiteral).text, literalOf(initializer)]),
    );
  }
  return { [ts.SyntaxKind.TrueKeyword]: true, [ts.SyntaxKind.FalseKeyword]: false }[node.kind as number];
}
