import { fingerprints } from './fingerprint.ts';

export const CONSENT_FINGERPRINTS = {
  ...fingerprints('Consent', {
    Cookiebot: {
      website: 'cookiebot.com',
      scripts: ['consent\\.cookiebot\\.(?:com|eu)/'],
      cookies: ['CookieConsent'],
    },
    OneTrust: {
      website: 'onetrust.com',
      scripts: ['cdn\\.cookielaw\\.org/|cookie-cdn\\.cookiepro\\.com/'],
      cookies: ['OptanonConsent'],
    },
    Usercentrics: {
      website: 'usercentrics.com',
      scripts: ['(?:app|web\\.cmp|privacy-proxy)\\.usercentrics\\.eu/'],
    },
    Borlabs: {
      website: 'borlabs.io',
      scripts: ['/plugins/borlabs-cookie/'],
      cookies: ['borlabs-cookie'],
      implies: ['WordPress'],
    },
    Complianz: {
      website: 'complianz.io',
      scripts: ['/plugins/complianz-gdpr(?:-premium)?/'],
      html: ['^id=cmplz-cookiebanner-container$'],
      implies: ['WordPress'],
    },
    CookieYes: {
      website: 'cookieyes.com',
      scripts: ['cdn-cookieyes\\.com/|/plugins/cookie-law-info/'],
      cookies: ['cookieyes-consent'],
    },
    iubenda: { website: 'iubenda.com', scripts: ['(?:cdn|cs|embeds)\\.iubenda\\.com/'] },
    Didomi: { website: 'didomi.io', scripts: ['sdk\\.privacy-center\\.org/'] },
    Axeptio: { website: 'axept.io', scripts: ['static\\.axept\\.io/'] },
    Termly: { website: 'termly.io', scripts: ['app\\.termly\\.io/'] },
    CCM19: { website: 'ccm19.de', scripts: ['/ccm19(?:\\.js|/)|cloud\\.ccm19\\.de/'] },
    Consentmanager: { website: 'consentmanager.net', scripts: ['(?:cdn|delivery)\\.consentmanager\\.net/'] },
    Osano: { website: 'osano.com', scripts: ['cmp\\.osano\\.com/'] },
    TrustArc: { website: 'trustarc.com', scripts: ['consent\\.trustarc\\.com/'] },
    tarteaucitron: { website: 'tarteaucitron.io', scripts: ['tarteaucitron(?:\\.min)?\\.js'] },
    'Quantcast Choice': { website: 'quantcast.com', scripts: ['cmp\\.(?:quantcast|inmobi)\\.com/choice/'] },
    'Real Cookie Banner': {
      website: 'devowl.io/wordpress-real-cookie-banner',
      scripts: ['/plugins/real-cookie-banner(?:-pro)?/'],
      implies: ['WordPress'],
    },
    Klaro: {
      website: 'klaro.org',
      scripts: ['cdn\\.kiprotect\\.com/klaro/|/klaro(?:-no-css)?(?:\\.min)?\\.js'],
    },
    CookieScript: { website: 'cookie-script.com', scripts: ['(?:cdn|consent)\\.cookie-script\\.com/'] },
    Sourcepoint: { website: 'sourcepoint.com', scripts: ['cdn\\.privacy-mgmt\\.com/'] },
    CookieFirst: { website: 'cookiefirst.com', scripts: ['consent\\.cookiefirst\\.com/'] },
    'Cookie Information': {
      website: 'cookieinformation.com',
      scripts: ['policy\\.app\\.cookieinformation\\.com/'],
    },
    CookieHub: { website: 'cookiehub.com', scripts: ['(?:cookiehub\\.net|cdn\\.cookiehub\\.eu)/'] },
    'Civic Cookie Control': { website: 'civicuk.com', scripts: ['cc\\.cdn\\.civiccomputing\\.com/'] },
    'Moove GDPR': {
      website: 'mooveagency.com',
      scripts: ['/plugins/gdpr-cookie-compliance/'],
      implies: ['WordPress'],
    },
    'Cookie Consent': {
      website: 'osano.com/cookieconsent',
      scripts: ['[/@]cookieconsent(?:@[0-9.]+|2)?/(?:[^?#]*/)?cookieconsent(?:\\.min)?\\.js'],
    },
    Ketch: { website: 'ketch.com', scripts: ['global\\.ketchcdn\\.com/'] },
    Transcend: { website: 'transcend.io', scripts: ['transcend-cdn\\.com/cm/|cdn\\.transcend\\.io/cm/'] },
  }),
};
