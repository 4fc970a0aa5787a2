import { ADVERTISING_FINGERPRINTS } from './advertising-fingerprints.ts';
import { BOOKING_FINGERPRINTS } from './booking-fingerprints.ts';
import { COMMERCE_FINGERPRINTS } from './commerce-fingerprints.ts';
import { CONSENT_FINGERPRINTS } from './consent-fingerprints.ts';
import type { FingerprintSet } from './fingerprint.ts';
import { LIBRARY_FINGERPRINTS } from './library-fingerprints.ts';
import { MAIL_FINGERPRINTS } from './mail-fingerprints.ts';
import { MARKETING_FINGERPRINTS } from './marketing-fingerprints.ts';
import { SERVER_FINGERPRINTS } from './server-fingerprints.ts';
import { SERVICE_FINGERPRINTS } from './service-fingerprints.ts';
import { SYSTEM_FINGERPRINTS } from './system-fingerprints.ts';
import { WORDPRESS_FINGERPRINTS } from './wordpress-fingerprints.ts';

/** The platform's own fingerprints, by name. The first group of a pattern is the version. */
export const OWN_FINGERPRINTS: FingerprintSet = {
  ...SERVER_FINGERPRINTS,
  ...SYSTEM_FINGERPRINTS,
  ...WORDPRESS_FINGERPRINTS,
  ...COMMERCE_FINGERPRINTS,
  ...BOOKING_FINGERPRINTS,
  ...MARKETING_FINGERPRINTS,
  ...ADVERTISING_FINGERPRINTS,
  ...CONSENT_FINGERPRINTS,
  ...SERVICE_FINGERPRINTS,
  ...LIBRARY_FINGERPRINTS,
  ...MAIL_FINGERPRINTS,
};
