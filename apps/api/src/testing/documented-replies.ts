import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Schema } from './fuzz/schema-values.ts';

export interface DocumentedOperation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface DocumentedResponse {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, unknown>>;
}

export interface ApiDocument extends Readonly<Record<string, unknown>> {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

/** What is wrong with an answer, by the document. */
export interface ReplyChecker {
  /** Null where nothing is; reads the body to its end. */
  problemOf(response: Response, path: string, method: string): Promise<string | null>;
}

const pointer = (path: readonly string[]): string =>
  path.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

/** Checks answers against an OpenAPI document: the status is listed, the type too, the body is as its schema says. */
export function checkReplies(document: ApiDocument): ReplyChecker {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'doc');
  return {
    async problemOf(response, path, method) {
      const status = String(response.status);
      const text = await response.text();
      const said = `answered ${status}: ${text.slice(0, 300)}`;
      if (response.status >= 500) return said;
      const documented = document.paths[path]?.[method]?.responses[status];
      if (documented === undefined) return `${said} (not in the document)`;
      const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
      const isError = documented.$ref !== undefined;
      if (!isError && documented.content?.[type] === undefined) return `${said} (as ${type}, not documented)`;
      if (type !== 'application/json') return isError ? `${said} (an error as ${type})` : null;
      const where = isError
        ? ['components', 'responses', 'Error']
        : ['paths', path, method, 'responses', status];
      const validate = ajv.getSchema(`doc#/${pointer([...where, 'content', 'application/json', 'schema'])}`);
      if (validate === undefined) return `${said} (no schema)`;
      let body: unknown;
      try {
        body = JSON.parse(text);
      } catch {
        return `${said} (no JSON)`;
      }
      return validate(body) ? null : `${said}: ${ajv.errorsText(validate.errors)}`;
    },
  };
}
