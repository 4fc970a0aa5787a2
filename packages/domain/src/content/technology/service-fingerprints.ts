import { fingerprints } from './fingerprint.ts';

export const SERVICE_FINGERPRINTS = {
  ...fingerprints('Live chat', {
    Intercom: {
      website: 'intercom.com',
      scripts: ['widget\\.intercom\\.io|js\\.intercomcdn\\.com'],
      cookies: ['intercom-id-*'],
    },
    Zendesk: { website: 'zendesk.com', scripts: ['static\\.zdassets\\.com/|v2\\.zopim\\.com/'] },
    Drift: { website: 'drift.com', scripts: ['js\\.driftt\\.com/'] },
    'Tawk.to': { website: 'tawk.to', scripts: ['embed\\.tawk\\.to/'] },
    LiveChat: { website: 'livechat.com', scripts: ['cdn\\.livechatinc\\.com/'] },
    Crisp: { website: 'crisp.chat', scripts: ['client\\.crisp\\.chat/'] },
    Tidio: { website: 'tidio.com', scripts: ['code\\.tidio\\.co/'] },
    Olark: { website: 'olark.com', scripts: ['static\\.olark\\.com/'] },
    Userlike: { website: 'userlike.com', scripts: ['userlike-cdn-widgets\\.|userlikelib\\.min\\.js'] },
    Freshchat: { website: 'freshworks.com', scripts: ['wchat\\.freshchat\\.com/|fw-cdn\\.com/'] },
    JivoChat: { website: 'jivochat.com', scripts: ['code\\.jivo(?:site|chat)?\\.(?:com|ru)/'] },
    Smartsupp: { website: 'smartsupp.com', scripts: ['(?:www\\.smartsuppchat\\.com|smartsuppcdn\\.com)/'] },
    Gorgias: { website: 'gorgias.com', scripts: ['config\\.gorgias\\.(?:chat|io)/'] },
    'HelpScout Beacon': { website: 'helpscout.com', scripts: ['beacon-v2\\.helpscout\\.net'] },
    LivePerson: { website: 'liveperson.com', scripts: ['lptag\\.liveperson\\.net/'] },
    Chatwoot: { website: 'chatwoot.com', scripts: ['app\\.chatwoot\\.com/packs/'] },
    Podium: { website: 'podium.com', scripts: ['connect\\.podium\\.com/'] },
    Landbot: { website: 'landbot.io', scripts: ['(?:static|cdn)\\.landbot\\.io/'] },
  }),
  ...fingerprints('Form', {
    Typeform: { website: 'typeform.com', scripts: ['embed\\.typeform\\.com/'] },
    Jotform: { website: 'jotform.com', scripts: ['(?:form|cdn|www)\\.jotform\\.(?:com|eu)/|jotfor\\.ms/'] },
    'Google Forms': { website: 'forms.google.com', scripts: ['docs\\.google\\.com/forms/'] },
    Formspree: { website: 'formspree.io', scripts: ['formspree\\.io/'] },
    Tally: { website: 'tally.so', scripts: ['^https?://tally\\.so/'] },
    SurveyMonkey: { website: 'surveymonkey.com', scripts: ['widget\\.surveymonkey\\.com/'] },
  }),
  ...fingerprints('Security', {
    reCAPTCHA: {
      website: 'google.com/recaptcha',
      scripts: ['(?:google\\.com|recaptcha\\.net|gstatic\\.com)/recaptcha/'],
    },
    hCaptcha: { website: 'hcaptcha.com', scripts: ['(?:js|hcaptcha)\\.(?:hcaptcha\\.)?com/1/api\\.js'] },
    'Cloudflare Turnstile': {
      website: 'cloudflare.com/products/turnstile',
      scripts: ['challenges\\.cloudflare\\.com/turnstile/'],
    },
    'Friendly Captcha': {
      website: 'friendlycaptcha.com',
      scripts: ['friendly-challenge@?|cdn\\.friendlycaptcha\\.com/'],
    },
    Sucuri: { website: 'sucuri.net', headers: { 'x-sucuri-id': '', server: '^sucuri' } },
    Imperva: {
      website: 'imperva.com',
      headers: { 'x-iinfo': '', 'x-cdn': '^(?:incapsula|imperva)' },
      cookies: ['incap_ses_*', 'visid_incap_*'],
    },
    DataDome: { website: 'datadome.co', headers: { 'x-datadome': '' }, cookies: ['datadome'] },
    'DDoS-Guard': { website: 'ddos-guard.net', headers: { server: '^ddos-guard' }, cookies: ['__ddg1_'] },
    Wordfence: {
      website: 'wordfence.com',
      cookies: ['wfvt_*'],
      scripts: ['/plugins/wordfence/'],
      implies: ['WordPress'],
    },
  }),
  ...fingerprints('Video', {
    YouTube: { website: 'youtube.com', scripts: ['youtube(?:-nocookie)?\\.com/(?:embed/|iframe_api)'] },
    Vimeo: { website: 'vimeo.com', scripts: ['player\\.vimeo\\.com/'] },
    Wistia: { website: 'wistia.com', scripts: ['fast\\.wistia\\.(?:com|net)/'] },
    'JW Player': { website: 'jwplayer.com', scripts: ['cdn\\.jwplayer\\.com/|content\\.jwplatform\\.com/'] },
    Brightcove: { website: 'brightcove.com', scripts: ['players\\.brightcove\\.net/'] },
    Vidyard: { website: 'vidyard.com', scripts: ['play\\.vidyard\\.com/'] },
    Dailymotion: {
      website: 'dailymotion.com',
      scripts: ['dailymotion\\.com/embed/|geo\\.dailymotion\\.com/'],
    },
    'Video.js': { website: 'videojs.com', scripts: ['vjs\\.zencdn\\.net/|/video-?js[/@.-]'] },
  }),
  ...fingerprints('Maps', {
    'Google Maps': {
      website: 'maps.google.com',
      scripts: ['maps\\.google(?:apis)?\\.[a-z.]+/maps|google\\.[a-z.]+/maps/embed'],
    },
    Mapbox: { website: 'mapbox.com', scripts: ['api\\.(?:tiles\\.)?mapbox\\.com/'] },
    Leaflet: { website: 'leafletjs.com', scripts: ['[/@]leaflet(?:@([0-9.]+))?(?:[/.-][^?#]*)?\\.js'] },
    OpenStreetMap: {
      website: 'openstreetmap.org',
      scripts: ['openstreetmap\\.org/export/embed|tile\\.openstreetmap\\.org/'],
    },
  }),
  ...fingerprints('Fonts', {
    'Google Fonts': {
      website: 'fonts.google.com',
      scripts: ['^https?://fonts\\.(?:googleapis|gstatic)\\.com'],
    },
    'Adobe Fonts': { website: 'fonts.adobe.com', scripts: ['use\\.typekit\\.(?:net|com)/'] },
    'Font Awesome': {
      website: 'fontawesome.com',
      scripts: ['font-?awesome(?:[@/]v?([0-9]+(?:\\.[0-9]+){0,3}))?', '^https?://kit\\.fontawesome\\.com'],
    },
    'Fonts.com': { website: 'fonts.com', scripts: ['fast\\.fonts\\.(?:com|net)/'] },
    'Bunny Fonts': { website: 'fonts.bunny.net', scripts: ['^https?://fonts\\.bunny\\.net'] },
    'Material Icons': {
      website: 'fonts.google.com/icons',
      scripts: ['fonts\\.googleapis\\.com/icon\\?family=material'],
    },
  }),
  ...fingerprints('Site search', {
    Algolia: { website: 'algolia.com', scripts: ['algolia(?:search|net)|[/@]instantsearch\\.js'] },
    Doofinder: { website: 'doofinder.com', scripts: ['cdn\\.doofinder\\.com/'] },
    Klevu: { website: 'klevu.com', scripts: ['js\\.klevu\\.com/'] },
    'Google Programmable Search': {
      website: 'programmablesearchengine.google.com',
      scripts: ['cse\\.google\\.[a-z.]+/cse\\.js'],
    },
  }),
  ...fingerprints('Recruiting', {
    Personio: { website: 'personio.com', scripts: ['\\.jobs\\.personio\\.(?:de|com)'] },
    Greenhouse: { website: 'greenhouse.com', scripts: ['boards\\.greenhouse\\.io/embed'] },
    Softgarden: { website: 'softgarden.com', scripts: ['\\.softgarden\\.(?:io|de)/'] },
    Workable: { website: 'workable.com', scripts: ['workable\\.com/assets/embed'] },
    Lever: { website: 'lever.co', scripts: ['(?:jobs|api)\\.lever\\.co/'] },
  }),
  ...fingerprints('Accessibility', {
    accessiBe: { website: 'accessibe.com', scripts: ['acsbapp?\\.com/'] },
    UserWay: { website: 'userway.org', scripts: ['cdn\\.userway\\.org/'] },
    'Eye-Able': { website: 'eye-able.com', scripts: ['(?:cdn|www)\\.eye-able\\.com/'] },
    AudioEye: { website: 'audioeye.com', scripts: ['wsmcdn\\.audioeye\\.com/'] },
  }),
  ...fingerprints('Translation', {
    Weglot: { website: 'weglot.com', scripts: ['cdn\\.weglot\\.com/'] },
    'Google Translate': { website: 'translate.google.com', scripts: ['translate\\.google(?:apis)?\\.com/'] },
    GTranslate: { website: 'gtranslate.io', scripts: ['cdn\\.gtranslate\\.net/|/plugins/gtranslate/'] },
  }),
  ...fingerprints('Social widget', {
    ShareThis: { website: 'sharethis.com', scripts: ['platform-api\\.sharethis\\.com/'] },
    AddToAny: { website: 'addtoany.com', scripts: ['static\\.addtoany\\.com/'] },
    Elfsight: { website: 'elfsight.com', scripts: ['(?:static|apps)\\.elfsight(?:cdn)?\\.com/'] },
    Disqus: { website: 'disqus.com', scripts: ['\\.disqus\\.com/(?:embed|count)\\.js'] },
    'X Widgets': { website: 'x.com', scripts: ['platform\\.twitter\\.com/widgets'] },
    'Smash Balloon': {
      website: 'smashballoon.com',
      scripts: ['/plugins/(?:instagram-feed|custom-facebook-feed)/'],
      implies: ['WordPress'],
    },
  }),
};
