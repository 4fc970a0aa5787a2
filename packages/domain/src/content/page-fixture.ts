import type { SiteResponse } from '../http/http-port.ts';
import type { PageFeatures } from './page-features.ts';

/** Features of an empty page, with what a test gives instead. */
export const pageFixture = (features: Partial<PageFeatures> = {}): PageFeatures => ({
  finalUrl: 'https://shop.example/',
  statusCode: 200,
  title: null,
  description: null,
  language: null,
  charset: 'utf-8',
  headings: [],
  text: '',
  links: [],
  meta: {},
  jsonLd: [],
  headers: {},
  resources: [],
  markup: [],
  bodyBytes: 0,
  truncated: false,
  bodySha256: '0'.repeat(64),
  ...features,
});

/** A response with that body: text is encoded in UTF-8. */
export const responseFixture = (
  body: string | Uint8Array,
  fields: Partial<SiteResponse> = {},
): SiteResponse => ({
  finalUrl: 'https://shop.example/dir/page',
  statusCode: 200,
  headers: { 'content-type': 'text/html' },
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  bodySha256: '0'.repeat(64),
  truncated: false,
  tls: null,
  ...fields,
});
