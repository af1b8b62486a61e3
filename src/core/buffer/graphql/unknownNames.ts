import type { Failure } from './answer.ts';

/**
 * How graphql-js, which most services run on, says that a schema does not have something (its `validation/rules` and
 * `utilities/coerceInputValue`, 15 to 17). A person's words may stand in the same sentence, where a variable is quoted;
 * their quotation marks are escaped there, so that they cannot be mistaken for names.
 */
const forms: readonly (readonly [form: RegExp, coordinate: string])[] = [
  [/^Cannot query field "(\w+)" on type "(\w+)"/, '$2.$1'],
  [/^Unknown argument "(\w+)" on field "(\w+\.\w+)"/, '$2($1:)'],
  [/^Unknown type "(\w+)"/, '$1'],
  [/^Fragment (?:"\w+" )?cannot be spread here as objects of type "\w+" can never be of type "(\w+)"/, '$1'],
  [/(?:^|[;:] )Field "(\w+)" is not defined by type "(\w+)"/, '$2.$1'],
  [/(?:^|[;:] )Expected value of type "(\w+)" not to include unknown field "(\w+)"/, '$1.$2'],
];

/** Said where there is more to say than the service cares to. */
const andMore = /^Too many (?:validation errors|errors processing variables), error limit reached/;

/**
 * What a refusal says to be unknown to the schema, as coordinates, with its words; nothing where it is refused for anything
 * else as well.
 */
export function unknownNames(failures: readonly Failure[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { message } of failures) {
    const name = unknownName(message);
    if (name !== undefined) names.set(name, message);
    else if (!andMore.test(message)) return new Map();
  }
  return names;
}

function unknownName(message: string): string | undefined {
  for (const [form, coordinate] of forms) {
    const found = form.exec(message);
    if (found) return coordinate.replace(/\$(\d)/g, (_, group: string) => found[Number(group)]!);
  }
  return undefined;
}
