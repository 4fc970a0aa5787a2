import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { LabHttpVerdict } from '../site/site-truth.ts';
import type { Lab } from '../start-lab.ts';

/** What the reference client concludes about a site. */
export interface ReferenceResult {
  verdict: LabHttpVerdict;
  statusCode: number | null;
  finalUrl: string | null;
  redirects: number;
  /** Decoded body of the final response; empty where there is none. */
  html: string;
  headers: IncomingMessage['headers'];
}

type Failure = Exclude<LabHttpVerdict, 'OK' | 'NOT_FOUND' | 'UPSTREAM_5XX'>;

/** A failure, and whether a response came before it. */
class FetchFailure extends Error {
  readonly reason: Failure;
  readonly answered: boolean;

  constructor(reason: Failure, answered: boolean) {
    super(reason);
    this.reason = reason;
    this.answered = answered;
  }
}

const MOST_REDIRECTS = 5;
const specificity: readonly Failure[] = ['SSL_EXPIRED', 'TLS_ERROR', 'CONNECTION_RESET', 'TIMEOUT', 'ERROR'];
const certificateCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Visits a site by the rules of SPEC.md with Node's own HTTP client: slow, but nothing of it is ours. It is how the
 * tests know that the servers do what the truth says.
 */
export async function visitSite(lab: Lab, name: string, timeoutMs: number): Promise<ReferenceResult> {
  try {
    return await follow(lab, `https://${name}/`, timeoutMs);
  } catch (first) {
    if (!(first instanceof FetchFailure)) throw first;
    if (first.answered) return failed(first.reason);
    try {
      return await follow(lab, `http://${name}/`, timeoutMs);
    } catch (second) {
      if (!(second instanceof FetchFailure)) throw second;
      if (second.answered) return failed(second.reason);
      const found = specificity.find((reason) => reason === first.reason || reason === second.reason);
      return failed(found ?? 'ERROR');
    }
  }
}

function failed(verdict: Failure): ReferenceResult {
  return { verdict, statusCode: null, finalUrl: null, redirects: 0, html: '', headers: {} };
}

async function follow(lab: Lab, startUrl: string, timeoutMs: number): Promise<ReferenceResult> {
  let url = startUrl;
  for (let redirects = 0; ; redirects++) {
    const { response, body } = await fetchOnce(lab, url, timeoutMs, redirects > 0);
    const statusCode = response.statusCode ?? 0;
    const { location } = response.headers;
    if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
      if (redirects === MOST_REDIRECTS) throw new FetchFailure('ERROR', true);
      url = new URL(location, url).href;
      continue;
    }
    return {
      verdict: verdictOf(statusCode),
      statusCode,
      finalUrl: url,
      redirects,
      html: decodeHtml(body, response.headers),
      headers: response.headers,
    };
  }
}

function verdictOf(statusCode: number): LabHttpVerdict {
  if (statusCode < 400) return 'OK';
  if (statusCode === 404 || statusCode === 410) return 'NOT_FOUND';
  return statusCode >= 500 ? 'UPSTREAM_5XX' : 'ERROR';
}

/** One request to the lab, whatever address the name has. */
function fetchOnce(
  lab: Lab,
  url: string,
  timeoutMs: number,
  answered: boolean,
): Promise<{ response: IncomingMessage; body: Buffer }> {
  const { protocol, hostname, pathname } = new URL(url);
  const secure = protocol === 'https:';
  const { host, port } = secure ? lab.https : lab.http;
  return new Promise((resolve, reject) => {
    const fail = (reason: Failure): void => reject(new FetchFailure(reason, answered));
    const send = secure ? requestHttps : requestHttp;
    const request = send({
      host,
      port,
      path: pathname,
      headers: { host: hostname, 'accept-encoding': 'gzip, br' },
      agent: false,
      ...(secure ? { servername: hostname, ca: lab.caPem } : {}),
    });
    const timer = setTimeout(() => {
      request.destroy();
      fail('TIMEOUT');
    }, timeoutMs);
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      fail(reasonOf(error.code ?? ''));
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ response, body: Buffer.concat(chunks) });
      });
    });
    request.end();
  });
}

function reasonOf(code: string): Failure {
  if (code === 'CERT_HAS_EXPIRED') return 'SSL_EXPIRED';
  if (certificateCodes.has(code) || code.startsWith('ERR_SSL')) return 'TLS_ERROR';
  return code === 'ECONNRESET' ? 'CONNECTION_RESET' : 'ERROR';
}

function decodeHtml(body: Buffer, headers: IncomingMessage['headers']): string {
  const encoding = headers['content-encoding'];
  const bytes =
    encoding === 'gzip' ? gunzipSync(body) : encoding === 'br' ? brotliDecompressSync(body) : body;
  const inHeader = /charset=([\w-]+)/.exec(headers['content-type'] ?? '')?.[1];
  const inMeta = /<meta charset="([\w-]+)">/.exec(bytes.toString('latin1', 0, 1024))?.[1];
  return new TextDecoder(inHeader ?? inMeta ?? 'utf-8').decode(bytes);
}
