import type { ExportFile } from '@domainflow/services/campaigns/export/export-file.ts';
import type { ExportInput } from '@domainflow/services/campaigns/export/export-results.ts';
import type { EventFeed } from '@domainflow/services/events/event-feed.ts';
import type { LeadExportInput } from '@domainflow/services/leads/export-leads.ts';
import type { Actor, RequestInfo, ServiceDeps } from '@domainflow/services/operation/operation.ts';
import type { SessionWatch } from './sse/session-watch.ts';

/** What the app needs from its composition root. */
export interface ApiDeps {
  readonly services: ServiceDeps;
  readonly events: EventFeed;
  /** Opens a file of a campaign's results. */
  exportResults(actor: Actor, input: ExportInput, ipAddress: string | null): Promise<ExportFile>;
  /** Opens a file of leads. */
  exportLeads(actor: Actor, input: LeadExportInput, ipAddress: string | null): Promise<ExportFile>;
  /** Who the request's cookies speak for; null when nobody is signed in. */
  resolveActor(headers: Headers): Promise<Actor | null>;
  /** The caller's address as the runtime knows it; `env` is what the runtime gives Hono. */
  clientAddress?(request: Request, env: unknown): string | null;
  /** How often the sessions of open streams are looked up. */
  readonly sessionCheckMs?: number;
  /** Whether the caller came over https, also where something in front of us ends TLS. The URL's scheme by default. */
  isHttps?(request: Request): boolean;
  /** Origins besides the app's own that may send changes (`https://console.example.org`). */
  readonly trustedOrigins?: readonly string[];
  /** The web app's files; null where there is none at this path. */
  assets?(request: Request): Promise<Response | null>;
}

/** One HTTP request. */
export interface CallContext {
  readonly deps: ApiDeps & { readonly sessions: SessionWatch };
  readonly request: RequestInfo;
  /** The caller, looked up once when first asked for. */
  actor(): Promise<Actor | null>;
}

export interface AppEnv {
  Bindings: Record<string, unknown>;
  Variables: { call: CallContext };
}
