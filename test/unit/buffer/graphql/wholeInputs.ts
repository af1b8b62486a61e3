import * as fc from 'fast-check';
import { createRequire } from 'node:module';
import type * as GraphqlJs from 'graphql';
import { publicSchema } from './wholeType.ts';

const graphql = createRequire(import.meta.url)('graphql') as typeof GraphqlJs;

/** A leaf of an input, by the path of field names that leads to it. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

type Choose = (most: number) => number;

/** What may not be told apart from nothing, or is refused, or takes a form of its own. */
type Special = (path: string, number: number, choose: Choose) => unknown;

/**
 * Values of an input type of the published schema, each text and address unlike every other. A field that may be left
 * out is left out now and then, so that what is new in the schema is in the tests at once.
 * @param special  what to take for a path such as `.type` instead of what the type allows; undefined leaves it to the type
 */
export function inputsOf(typeName: string, special: Special = () => undefined): fc.Arbitrary<Record<string, unknown>> {
  return fc.infiniteStream(fc.nat(999_999)).map((stream) => {
    const choose: Choose = (most) => stream.next().value! % (most + 1);
    let count = 0;
    const valueOf = (type: GraphqlJs.GraphQLInputType, path: string): unknown => {
      count += 1;
      const given = special(path, count, choose);
      if (given !== undefined) return given;
      const nullable = graphql.getNullableType(type);
      if (graphql.isListType(nullable)) return Array.from({ length: 1 + choose(2) }, () => valueOf(nullable.ofType, `${path}[]`));
      if (graphql.isEnumType(nullable)) return nullable.getValues()[choose(nullable.getValues().length - 1)]!.name;
      return graphql.isInputObjectType(nullable) ? fieldsOf(nullable, path) : scalarOf(nullable.name, path, count, choose);
    };
    const fieldsOf = (type: GraphqlJs.GraphQLInputObjectType, path: string): Record<string, unknown> => {
      const fields = Object.values(type.getFields());
      // Exactly one member of an asset is there; which, is a choice of its own.
      if (type.name === 'AssetInput') {
        const one = special(`${path}.only`, count, choose) as string | undefined;
        const field = fields.find(({ name }) => name === one) ?? fields[choose(fields.length - 1)]!;
        return { [field.name]: valueOf(field.type, `${path}.${field.name}`) };
      }
      const there = fields.filter((field) => graphql.isRequiredInputField(field) || choose(5) > 0);
      return Object.fromEntries(
        there.flatMap(({ name, type: inner }) =>
          special(`${path}.${name}`, count, choose) === null ? [] : [[name, valueOf(inner, `${path}.${name}`)]],
        ),
      );
    };
    return fieldsOf(publicSchema.getType(typeName) as GraphqlJs.GraphQLInputObjectType, '');
  });
}

function scalarOf(name: string, path: string, count: number, choose: Choose): unknown {
  switch (name) {
    case 'Boolean':
      return choose(1) === 1;
    case 'Int':
      return count + choose(900);
    case 'Float':
      return (1 + choose(98)) / 100;
    case 'DateTime':
      return new Date(Date.UTC(2027, 0, 1, 0, count)).toISOString();
    default: {
      const field = /(\w+)(\[\])?$/u.exec(path)![1]!;
      return /url|link$/iu.test(field) || field === 'animatedThumbnail'
        ? `https://larkspur.example/${count}/${choose(999)}${extensionOf(path)}`
        : `${field} ${count}`;
    }
  }
}

function extensionOf(path: string): string {
  if (path.endsWith('video.url')) return '.mp4';
  return path.endsWith('document.url') ? '.pdf' : '.png';
}

/** Everything in a value that is no list and no object, with the field it stands in. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, `${path}[]`));
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([name, each]) => leavesOf(each, `${path}.${name}`));
  return [{ path, value }];
}
