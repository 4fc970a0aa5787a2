import type { Draw } from './draw.ts';

/** A JSON Schema, as far as our document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
}

/** Values that fields of these names take, so that more than the schema is passed: ids of rows, names, addresses. */
export type Known = (field: string) => readonly unknown[];

/** Texts for the patterns that the document has; the first one that a pattern matches is taken. */
const TEXTS = ['7', '09:30', 'en', 'NL', 'abc', 'x-abc', 'a.example.com', 'Abc 1'];

/** Most lists and texts stay short: what is long is a mutation's work. */
const MORE = 3;

function textOf(schema: Schema, draw: Draw): string {
  const { pattern, minLength = 0, maxLength = 40 } = schema;
  if (schema.format === 'uuid') return '01900000-0000-7000-8000-000000000000';
  if (schema.format === 'uri') return 'http://127.0.0.1:9/';
  if (pattern !== undefined) {
    const expression = new RegExp(pattern);
    const fitting = TEXTS.filter((text) => expression.test(text));
    return fitting.length === 0 ? 'abc' : draw.of(fitting);
  }
  const text = draw.of(['abc', 'shop', 'Ä ö ü', '日本語', 'a', 'x y', '<b>"\'', '=1+1', 'é'.repeat(9)]);
  return text.padEnd(minLength, 'x').slice(0, Math.max(maxLength, minLength));
}

function numberOf(schema: Schema, isInteger: boolean, draw: Draw): number {
  const { minimum = 0, maximum = minimum + 100 } = schema;
  if (draw.once(4)) return minimum;
  if (draw.once(6)) return maximum;
  const span = Math.min(maximum - minimum, 50);
  const value = minimum + draw.int(span + 1);
  return isInteger || draw.once(2) ? value : Math.min(maximum, value + 0.5);
}

/** A value that the schema takes, as a rule: what its author checks beyond the schema may refuse it. */
export function valueOf(schema: Schema, draw: Draw, known: Known, field = ''): unknown {
  const candidates = known(field);
  if (candidates.length > 0 && schema.items === undefined && !draw.once(8)) return draw.of(candidates);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return draw.of(schema.enum);
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return valueOf(draw.of(branches), draw, known, field);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => valueOf(part, draw, known, field)));
  }
  const type = typeof schema.type === 'string' ? schema.type : draw.of(schema.type ?? ['object']);
  switch (type) {
    case 'string':
      return textOf(schema, draw);
    case 'integer':
    case 'number':
      return numberOf(schema, type === 'integer', draw);
    case 'boolean':
      return draw.once(2);
    case 'null':
      return null;
    case 'array': {
      const { minItems = 0, maxItems = minItems + MORE, items = {} } = schema;
      const length = Math.min(minItems + draw.int(MORE), maxItems);
      return Array.from({ length }, () => valueOf(items, draw, known, field.replace(/s$/, '')));
    }
    default:
      return objectOf(schema, draw, known);
  }
}

function objectOf(schema: Schema, draw: Draw, known: Known): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties: more } = schema;
  const value: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    if (required.includes(name) || draw.once(3)) value[name] = valueOf(property, draw, known, name);
  }
  if (typeof more === 'object' && Object.keys(properties).length === 0) {
    const key = schema.propertyNames === undefined ? 'key' : valueOf(schema.propertyNames, draw, known);
    if (draw.once(2)) value[String(key)] = valueOf(more, draw, known);
  }
  return value;
}
