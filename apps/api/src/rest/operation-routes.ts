import { allOperations } from '@domainflow/services/operation/catalogue.ts';
import type { AnyOperation } from '@domainflow/services/operation/operation.ts';
import { callOperation } from '../call-operation.ts';
import { describeOperation } from '../openapi/describe-operation.ts';
import { readInput } from './read-input.ts';
import type { RestRoute } from './route.ts';

const routeOf = (operation: AnyOperation): RestRoute => ({
  method: operation.rest.method,
  path: operation.rest.path,
  maxBodyBytes: operation.rest.maxBodyBytes,
  describe: () => describeOperation(operation),
  handle: async ({ call, request, pathParameters }) => {
    const input = await readInput(operation, request, pathParameters);
    const output = await callOperation(operation, call, input);
    return Response.json(output, { status: operation.rest.status ?? 200 });
  },
});

/** The catalogue as REST. */
export const operationRoutes = (): RestRoute[] => allOperations.map(routeOf);
