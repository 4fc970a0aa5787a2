import type { Database, Transaction } from '@domainflow/db/client.ts';
import type { UserId } from '@domainflow/domain/ids.ts';
import type { Probes } from '@domainflow/domain/probe/probes.ts';
import type { z } from 'zod';
import type { AccountSettings } from '../accounts/account-settings.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { SecretBox } from '../secrets/secret-box.ts';

export interface Actor {
  readonly userId: UserId;
  readonly username: string;
  readonly role: 'admin' | 'member';
  /** Signed in with a one-time password: only operations with `access: 'session'` are open. */
  readonly mustChangePassword: boolean;
}

export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** What an operation may use besides its input. Built by the entries; nothing here is global. */
export interface ServiceDeps {
  readonly db: Database;
  readonly queue: JobQueue;
  readonly log: Log;
  readonly accounts: AccountSettings;
  /** What the network is asked for while a person waits. */
  readonly probes: Probes;
  /** Keeps credentials of others; what it seals is never part of an answer. */
  readonly secrets: SecretBox;
}

export interface RequestInfo {
  readonly ipAddress: string | null;
  readonly requestId: string;
  /** It came over https, by its URL or by the word of a proxy that is trusted: cookies become `Secure`. */
  readonly isHttps: boolean;
  /** Headers of the request: the session's cookie, the client's name. */
  readonly headers: Headers;
  /** Headers that the answer must carry (cookies). */
  readonly responseHeaders: Headers;
  readonly idempotencyKey: string | null;
  /** Aborts when the client leaves. */
  readonly signal: AbortSignal;
}

export interface QueryContext<A = Actor> extends ServiceDeps {
  readonly actor: A;
  readonly request: RequestInfo;
}

/** A mutation's context: everything it writes goes through `tx`, which commits with its audit entry. */
export interface MutationContext<A = Actor> extends QueryContext<A> {
  readonly tx: Transaction;
}

/**
 * Who may call it. `public`: anybody; `session`: anybody signed in, also with a one-time password; `member`: any
 * account in good standing; `admin`: administrators.
 */
export type Access = 'public' | 'session' | 'member' | 'admin';

/** Who calls where the access is this: nobody, perhaps, where it is `public`. */
export type ActorFor<A extends Access> = A extends 'public' ? Actor | null : Actor;

export interface AuditEntry {
  readonly entity: string;
  readonly entityId: string | null;
  readonly details?: Record<string, unknown>;
}

interface OperationBase<I extends z.ZodType, O extends z.ZodType, A extends Access> {
  /** Dotted: entity and verb (`campaigns.start`); the tRPC path, OpenAPI operationId and audit action. */
  readonly name: string;
  readonly summary: string;
  /** Path under /api/v2; `{id}` names a field of the input, the others come from query string or body. */
  readonly rest: {
    readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    readonly path: string;
    readonly status?: number;
    /** The longest JSON body, where it is not that of all. */
    readonly maxBodyBytes?: number;
  };
  readonly access: A;
  readonly input: I;
  readonly output: O;
}

export interface QueryOperation<I extends z.ZodType, O extends z.ZodType, A extends Access = Access>
  extends OperationBase<I, O, A> {
  readonly kind: 'query';
  run(ctx: QueryContext<ActorFor<A>>, input: z.output<I>): Promise<z.input<O>>;
}

export interface MutationOperation<
  I extends z.ZodType,
  O extends z.ZodType,
  A extends Access = Access,
  P = unknown,
> extends OperationBase<I, O, A> {
  readonly kind: 'mutation';
  /** The answer holds a secret (a one-time password): it is never stored for an `Idempotency-Key`. */
  readonly answerIsSecret?: boolean;
  /**
   * Runs after authorisation and before the transaction is opened, without a connection of its own: for slow work
   * (password hashing) and for what must stay when the call fails (counting failed sign-ins). `run` gets its result.
   */
  prepare?(ctx: QueryContext<ActorFor<A>>, input: z.output<I>): Promise<P>;
  /** What the audit log says of a call; null where the call changed nothing. */
  audit(input: z.output<I>, output: z.input<O>): AuditEntry | null;
  run(ctx: MutationContext<ActorFor<A>>, input: z.output<I>, prepared: P): Promise<z.input<O>>;
}

export const query = <I extends z.ZodType, O extends z.ZodType, A extends Access>(
  operation: Omit<QueryOperation<I, O, A>, 'kind'>,
): QueryOperation<I, O, A> => ({ ...operation, kind: 'query' });

export const mutation = <I extends z.ZodType, O extends z.ZodType, A extends Access, P = unknown>(
  operation: Omit<MutationOperation<I, O, A, P>, 'kind'>,
): MutationOperation<I, O, A, P> => ({ ...operation, kind: 'mutation' });

/** Any operation, as the adapters see it. */
export type AnyOperation = QueryOperation<z.ZodType, z.ZodType> | MutationOperation<z.ZodType, z.ZodType>;
