import type { DocumentNode } from 'graphql';
import { parse } from './graphqlJs.ts';
import { documents, textOf } from '../../src/core/buffer/graphql/documents.ts';

/** The documents of the extension by their names, as it sends them. */
export const ourDocuments: Readonly<Record<string, DocumentNode>> = Object.fromEntries(
  Object.entries(documents).map(([name, document]) => [name, parse(textOf(document))]),
);
