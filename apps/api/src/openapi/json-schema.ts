import {
  campaignSummarySchema,
  campaignViewSchema,
  domainRowSchema,
  leadViewSchema,
  phaseViewSchema,
  uploadViewSchema,
} from '@domainflow/services/campaigns/views.ts';
import { z } from 'zod';

type Json = Record<string, unknown>;

/** Views that many operations answer with: once in the document, under these names. */
const NAMED_VIEWS: Readonly<Record<string, z.ZodType>> = {
  Campaign: campaignViewSchema,
  CampaignSummary: campaignSummarySchema,
  Phase: phaseViewSchema,
  Upload: uploadViewSchema,
  DomainRow: domainRowSchema,
  Lead: leadViewSchema,
};

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(NAMED_VIEWS)) names.add(schema, { id });

/** Each name's references in one schema point into the document, and what is only zod's bookkeeping goes. */
function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$ref' && typeof child === 'string'
        ? [key, child.replace('#/$defs/', '#/components/schemas/')]
        : [key, pointToComponents(child)],
    ),
  );
}

function convert(schema: z.ZodType, io: 'input' | 'output', metadata: typeof names | undefined): Json {
  const converted = z.toJSONSchema(schema, {
    io,
    ...(metadata === undefined ? {} : { metadata }),
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      // What a transform makes has no schema of its own; ours tidy values up and keep their kind.
      if (io === 'output' && def.type === 'pipe') {
        const { in: source, out } = (zodSchema as z.core.$ZodPipe)._zod.def;
        if (out._zod.def.type === 'transform')
          Object.assign(jsonSchema, convert(source as z.ZodType, io, undefined));
      }
    },
  }) as Json;
  const { $schema: _schema, $defs: _defs, id: _id, ...rest } = converted;
  return rest;
}

/** JSON Schema (draft 2020-12) of what may be sent. */
export const inputSchema = (schema: z.ZodType): Json =>
  pointToComponents(convert(schema, 'input', undefined)) as Json;

/** JSON Schema of what is answered. */
export function outputSchema(schema: z.ZodType): Json {
  const id = names.get(schema)?.id;
  if (id !== undefined) return { $ref: `#/components/schemas/${id}` };
  return pointToComponents(convert(schema, 'output', names)) as Json;
}

/** The document's component schemas. */
export const sharedSchemas = (): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(NAMED_VIEWS).map(([id, schema]) => {
      // Its own name must not make it a reference to itself; views inside it are spelt out.
      return [id, pointToComponents(convert(schema, 'output', undefined)) as Json];
    }),
  );
