import { DomainFlowError } from '@domainflow/domain/errors.ts';
import { type Catalogue, catalogue } from '@domainflow/services/catalogue.ts';
import type { AnyOperation } from '@domainflow/services/operation.ts';
import { TRPCError, type TRPCMutationProcedure, type TRPCQueryProcedure } from '@trpc/server';
import type { z } from 'zod';
import { callOperation } from '../call-operation.ts';
import type { CallContext } from '../context.ts';
import { t } from './init.ts';

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

const trpcCode = (error: DomainFlowError) =>
  error.code === 'INTERNAL' ? ('INTERNAL_SERVER_ERROR' as const) : ('BAD_REQUEST' as const);

/** A `DomainFlowError` as tRPC throws it; `errorShape` reads it back from `cause`. */
export function toTrpcError(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error;
  if (error instanceof DomainFlowError) {
    return new TRPCError({ code: trpcCode(error), message: error.message, cause: error });
  }
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error });
}

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
