import type { CallContext } from '../context.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface RestCall {
  readonly call: CallContext;
  readonly request: Request;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** One path and method under /api/v2, with its entry in the OpenAPI document. */
export interface RestRoute {
  readonly method: Method;
  /** OpenAPI's notation: `/campaigns/{id}`. */
  readonly path: string;
  /** It reads its body itself, as it comes: no limit of JSON bodies applies. */
  readonly streamsBody?: true;
  /** The longest JSON body, where it is not that of all. */
  readonly maxBodyBytes?: number | undefined;
  /** An OpenAPI 3.1 Operation Object. */
  readonly describe: () => Readonly<Record<string, unknown>>;
  handle(call: RestCall): Promise<Response>;
}
