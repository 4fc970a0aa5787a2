import { isIP } from 'node:net';
import { type DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where the lab listens. Its DNS gives out addresses of `LAB_BLOCKS`, which exist only through this route. */
export interface LabRoute {
  readonly dns: Endpoint;
  readonly http: Endpoint;
  readonly https: Endpoint;
  /** The authority that signed the lab's certificates, PEM. */
  readonly caPem: string;
}

/** The blocks that stand for the lab's internet. */
export const LAB_BLOCKS: readonly string[] = ['127.53.0.0/16', 'fd53::/16'];

const invalid = (message: string): DomainFlowError =>
  invalidInput(`DOMAINFLOW_LAB: ${message}`, 'DOMAINFLOW_LAB');

function endpoint(value: unknown, name: string): Endpoint {
  const { host, port } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Endpoint>;
  if (typeof host !== 'string' || isIP(host) === 0) throw invalid(`${name}.host must be an IP address.`);
  if (!Number.isInteger(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw invalid(`${name}.port must be a port number.`);
  }
  return { host, port: Number(port) };
}

/**
 * The lab's route from the text of the variable `DOMAINFLOW_LAB`
 * (`{"dns":{"host","port"},"http":{…},"https":{…},"caPem"}`), null where it is absent or empty.
 * Throws a `DomainFlowError` that says what is wrong.
 */
export function labRouteFromEnv(json: string | undefined): LabRoute | null {
  if (json === undefined || json.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw invalid('not JSON.');
  }
  if (typeof value !== 'object' || value === null) throw invalid('must be an object.');
  const route = value as Partial<Record<keyof LabRoute, unknown>>;
  if (typeof route.caPem !== 'string') throw invalid('caPem must be a PEM text.');
  return {
    dns: endpoint(route.dns, 'dns'),
    http: endpoint(route.http, 'http'),
    https: endpoint(route.https, 'https'),
    caPem: route.caPem,
  };
}
