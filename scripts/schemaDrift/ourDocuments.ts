import type { DocumentNode } from 'graphql';
import { parse } from './graphqlJs.ts';
import { allDocuments } from '../../src/core/buffer/graphql/allDocuments.ts';
import { textOf } from '../../src/core/buffer/graphql/documents.ts';

/** The documents of the extension by their names, as it sends them. */
export const ourDocuments: Readonly<Record<string, DocumentNode>> = Object.fromEntries(
  Object.entries(allDocuments).map(([name, document]) => [name, parse(textOf(document))]),
);
