import { invalidInput } from '@domainflow/domain/errors.ts';
import { z } from 'zod';

type Kind = 'number' | 'boolean' | 'text' | { readonly listOf: Kind };

/** The fields of an input schema, through whatever it is wrapped in; null when it is not an object. */
export function fieldsOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | null {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.def.in) ?? fieldsOf(schema.def.out);
  if (schema instanceof z.ZodDiscriminatedUnion || schema instanceof z.ZodUnion) {
    const branches = schema.options.map(fieldsOf).filter((fields) => fields !== null);
    return branches.length === 0 ? null : Object.assign({}, ...branches);
  }
  if (schema instanceof z.ZodIntersection) {
    return { ...fieldsOf(schema.def.left), ...fieldsOf(schema.def.right) };
  }
  return null;
}

function kindOf(schema: z.core.$ZodType): Kind {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly
  ) {
    return kindOf(schema.def.innerType);
  }
  if (schema instanceof z.ZodPipe) {
    return kindOf(schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in);
  }
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray) return { listOf: kindOf(schema.def.element) };
  if (schema instanceof z.ZodUnion) {
    const kinds = schema.options.map(kindOf);
    return kinds.find((kind) => typeof kind === 'object') ?? kinds[0] ?? 'text';
  }
  return 'text';
}

/** One text as what its schema wants; what does not look like it stays a text, and the schema says what is wrong. */
function coerceOne(text: string, kind: Kind): unknown {
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function coerceField(name: string, values: readonly string[], kind: Kind): unknown {
  if (typeof kind === 'object') {
    const parts = values.flatMap((value) => value.split(',')).filter((part) => part !== '');
    return parts.map((part) => coerceOne(part, kind.listOf));
  }
  const [first, ...more] = values;
  if (more.length > 0) throw invalidInput(`${name} is given more than once.`, name);
  return coerceOne(first ?? '', kind);
}

/**
 * Query and path parameters as the values that the input schema expects, in a new object (no schema is changed):
 * numbers, `true` and `false`, and lists as repeated keys or with commas. A name that the schema does not know is
 * refused, because a filter that is misspelt and ignored answers with everything.
 */
export function coerceParameters(
  schema: z.core.$ZodType,
  entries: readonly (readonly [string, string])[],
): Record<string, unknown> {
  const fields = fieldsOf(schema) ?? {};
  const grouped = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const values = grouped.get(name);
    if (values === undefined) grouped.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries(
    Array.from(grouped, ([name, values]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) throw invalidInput(`There is no parameter "${name}".`, name);
      return [name, coerceField(name, values, kindOf(field))];
    }),
  );
}
