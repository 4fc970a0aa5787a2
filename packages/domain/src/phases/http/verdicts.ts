import type { VerdictInfo } from '../phase.ts';

/** Verdicts of the HTTP phase, which are also the reasons that `HttpPort` gives. */
export const HTTP_VERDICTS = {
  OK: {
    status: 'ok',
    retry: 'no',
    label: 'Reachable',
    explanation: 'A page was answered with a success status, after redirects where there were any.',
  },
  NOT_FOUND: {
    status: 'error',
    retry: 'no',
    label: 'Not found',
    explanation: 'A web server answered, and said that there is no home page (status 404 or 410).',
  },
  UPSTREAM_5XX: {
    status: 'error',
    retry: 'failed',
    label: 'Server error',
    explanation:
      'A web server answered with a status of 500 or above: the site exists but does not work at present.',
  },
  TIMEOUT: {
    status: 'timeout',
    retry: 'failed',
    label: 'Timeout',
    explanation: 'No complete response came before the deadline: the site may be slow, or away for now.',
  },
  TLS_ERROR: {
    status: 'error',
    retry: 'failed',
    label: 'TLS error',
    explanation: 'The encrypted connection failed or its certificate is not valid for the name.',
  },
  SSL_EXPIRED: {
    status: 'error',
    retry: 'failed',
    label: 'Certificate expired',
    explanation: 'The certificate of the site is past its end date.',
  },
  CONNECTION_RESET: {
    status: 'error',
    retry: 'failed',
    label: 'Connection reset',
    explanation: 'The server closed the connection before it had sent a complete response head.',
  },
  RATE_LIMITED: {
    status: 'error',
    retry: 'failed',
    label: 'Asked to wait',
    explanation:
      'The server answered with status 429, or 503 with a time to wait, and that time was too long for the visit: nothing is known of the page.',
  },
  ROBOTS_DENIED: {
    status: 'error',
    retry: 'no',
    label: 'Not allowed by robots.txt',
    explanation:
      'A web server answered, and its robots.txt asks programs not to fetch the page: it was not fetched.',
  },
  PROXY_ERROR: {
    status: 'error',
    retry: 'ambiguous',
    label: 'Proxy error',
    explanation:
      'The proxy failed, did not get to the site, or none of the pool works: nothing is known of the site.',
  },
  SUPPRESSED: {
    status: 'error',
    retry: 'no',
    label: 'Suppressed',
    explanation: 'The domain is on the suppression list: nothing was asked of it.',
  },
  ERROR: {
    status: 'error',
    retry: 'failed',
    label: 'Error',
    explanation:
      'The site gave no usable page: refused connection, redirect loop, malformed response or another status.',
  },
} as const satisfies Record<string, VerdictInfo>;
