import type { SiteResponse } from '../http/http-port.ts';
import { EMPTY_FEATURES, type PageFeatures } from './page-features.ts';

/** Features of an empty page, with what a test gives instead. */
export const pageFixture = (features: Partial<PageFeatures> = {}): PageFeatures => ({
  ...EMPTY_FEATURES,
  finalUrl: 'https://shop.example/',
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
