import { labIdentity } from './dns-plan.ts';
import { type DnsServer, startDnsServer } from './dns-server.ts';
import { type QueryCounts, QueryLog, type QueryLogOptions } from './query-log.ts';
import { RdapRegistry, rdapBootstrap } from './rdap/rdap-server.ts';
import { type SiteServer, startHttpServer, startHttpsServer } from './site-server.ts';
import { CertificateAuthority } from './tls/certificate-authority.ts';
import { type LabOptions, type LabTruth, truthIn } from './truth.ts';

export interface StartLabOptions extends LabOptions, QueryLogOptions {
  seed: string;
  /** Address on which all servers listen; loopback unless given. */
  host?: string;
  /** Ports; 0, the default, takes a free one. The DNS port serves UDP and TCP. */
  dnsPort?: number;
  httpPort?: number;
  httpsPort?: number;
}

/** Where a server of the lab listens. */
export interface LabEndpoint {
  host: string;
  port: number;
}

/** A running lab. */
export interface Lab {
  seed: string;
  dns: LabEndpoint;
  http: LabEndpoint;
  https: LabEndpoint;
  /** The certificate that a client must trust for the lab's valid sites. */
  caPem: string;
  /** The RDAP servers of the lab's TLDs, as IANA publishes the real ones (RFC 9224). */
  rdapBootstrap: string;
  /** The truth about a name in this lab. */
  truth(name: string): LabTruth;
  /** What has been asked since the start or the last reset. */
  queries(): QueryCounts;
  resetCounts(): void;
  close(): Promise<void>;
}

/** Starts the simulated internet on loopback. Rejects with the listen error (`EADDRINUSE`) where a port is taken. */
export async function startLab(options: StartLabOptions): Promise<Lab> {
  const host = options.host ?? '127.0.0.1';
  const identity = labIdentity(options.seed, options.existRate);
  const log = new QueryLog(options);
  const authority = new CertificateAuthority();
  const started: (DnsServer | SiteServer)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.close()));
    await log.close();
  };
  try {
    const dns = await startDnsServer(identity, log, { host, port: options.dnsPort ?? 0 });
    started.push(dns);
    const rdap = new RdapRegistry(identity);
    const http = await startHttpServer(identity, log, rdap, { host, port: options.httpPort ?? 0 });
    started.push(http);
    const https = await startHttpsServer(identity, log, rdap, authority, {
      host,
      port: options.httpsPort ?? 0,
    });
    started.push(https);
    return {
      seed: options.seed,
      dns: { host, port: dns.port },
      http: { host, port: http.port },
      https: { host, port: https.port },
      caPem: authority.caPem,
      rdapBootstrap: rdapBootstrap(),
      truth: (name) => truthIn(identity, name),
      queries: () => log.read(),
      resetCounts: () => log.reset(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
