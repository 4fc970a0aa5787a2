import { type Catalogue, catalogue } from '@domainflow/services/operation/catalogue.ts';
import type { AnyOperation } from '@domainflow/services/operation/operation.ts';
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server';
import type { z } from 'zod';
import { callOperation } from '../call-operation.ts';
import type { CallContext } from '../context.ts';
import { t } from './init.ts';
import { toTrpcError } from './trpc-error.ts';

/** An input whose every field may be left out may be left out itself. */
type CallInput<I> = Record<never, never> extends I ? I | undefined : I;

type ProcedureOf<Op> = Op extends {
  kind: infer K;
  input: infer I extends z.ZodType;
  output: infer O extends z.ZodType;
}
  ? K extends 'query'
    ? TRPCQueryProcedure<{ meta: unknown; input: CallInput<z.input<I>>; output: z.output<O> }>
    : TRPCMutationProcedure<{ meta: unknown; input: CallInput<z.input<I>>; output: z.output<O> }>
  : never;

/** The catalogue as tRPC sees it: the same names, each operation a procedure with its exact types. */
export type CatalogueProcedures = {
  readonly [Entity in keyof Catalogue]: {
    readonly [Verb in keyof Catalogue[Entity]]: ProcedureOf<Catalogue[Entity][Verb]>;
  };
};

function procedureOf(operation: AnyOperation) {
  // `execute` validates: nothing is parsed twice, and REST and tRPC refuse with the same words.
  const builder = t.procedure.input((raw: unknown) => raw);
  const run = async ({ ctx, input }: { ctx: CallContext; input: unknown }): Promise<unknown> => {
    try {
      return await callOperation(operation, ctx, input);
    } catch (error) {
      throw toTrpcError(error);
    }
  };
  return operation.kind === 'query' ? builder.query(run) : builder.mutation(run);
}

/** Every operation of the catalogue as a procedure. */
export function catalogueProcedures(): CatalogueProcedures {
  const record = Object.fromEntries(
    Object.entries(catalogue).map(([entity, operations]) => [
      entity,
      Object.fromEntries(
        Object.entries(operations).map(([verb, operation]) => [verb, procedureOf(operation)]),
      ),
    ]),
  );
  // The mapped type says what the loop did; `router.test-d.ts` holds it to that.
  return record as unknown as CatalogueProcedures;
}
