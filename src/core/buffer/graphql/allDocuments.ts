import { documents } from './documents.ts';
import { figureDocuments } from './figureDocuments.ts';
import { ideaDocuments } from './ideaDocuments.ts';
import { noteDocuments } from './noteDocuments.ts';
import { tagDocuments } from './tagDocuments.ts';
import { templateDocuments } from './templateDocuments.ts';

/** Everything that is asked of the current API, by what it is called in the log and in an answer's errors. */
export const allDocuments = { ...documents, ...figureDocuments, ...ideaDocuments, ...noteDocuments, ...tagDocuments, ...templateDocuments };
