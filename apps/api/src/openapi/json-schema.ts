import { z } from 'zod';

type Json = Record<string, unknown>;

/** Schemas that many operations share appear once, under this name, in the document's components. */
const shared = z.registry<{ id: string }>();

/** `#/$defs/X` in one schema is `#/components/schemas/X` in the document. */
function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$defs' && key !== '$schema' && key !== 'id' && key !== '~standard')
      .map(([key, child]) =>
        key === '$ref' && typeof child === 'string'
          ? [key, child.replace('#/$defs/', '#/components/schemas/')]
          : [key, pointToComponents(child)],
      ),
  );
}

function convert(schema: z.ZodType, io: 'input' | 'output'): Json {
  return z.toJSONSchema(schema, {
    io,
    metadata: shared,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      // What a transform makes has no schema of its own; ours tidy values up and keep their kind.
      if (io === 'output' && def.type === 'pipe') {
        const { in: source, out } = (zodSchema as z.core.$ZodPipe)._zod.def;
        if (out._zod.def.type === 'transform') Object.assign(jsonSchema, convert(source as z.ZodType, io));
      }
    },
  }) as Json;
}

/** JSON Schema (draft 2020-12) of what may be sent. */
export const inputSchema = (schema: z.ZodType): Json => pointToComponents(convert(schema, 'input')) as Json;

/** JSON Schema of what is answered. */
export const outputSchema = (schema: z.ZodType): Json => pointToComponents(convert(schema, 'output')) as Json;
