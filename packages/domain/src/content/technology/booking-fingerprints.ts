import { fingerprints } from './fingerprint.ts';

export const BOOKING_FINGERPRINTS = {
  ...fingerprints('Booking', {
    Calendly: {
      website: 'calendly.com',
      links: [
        '^https?://calendly\\.com/(?!(?:[a-z]{2}|about|blog|features|integrations|legal|login|pricing|privacy|product|signup|solutions)(?:[/?#]|$))[^/?#]+',
      ],
      scripts: ['assets\\.calendly\\.com/|^https?://calendly\\.com/'],
    },
    'Acuity Scheduling': {
      website: 'acuityscheduling.com',
      links: ['//(?!www\\.)[a-z0-9-]+\\.acuityscheduling\\.com|\\.as\\.me(?:/|$)'],
      scripts: ['embed\\.acuityscheduling\\.com/|app\\.acuityscheduling\\.com/'],
    },
    OpenTable: {
      website: 'opentable.com',
      links: ['opentable\\.[a-z.]+/(?:r/|restref|restaurant/)'],
      scripts: ['opentable\\.(?:com|de|co\\.uk)/widget/'],
    },
    Doctolib: {
      website: 'doctolib.com',
      links: ['doctolib\\.(?:de|fr|it)/[^/?#]+/[^/?#]+/[^/?#]+'],
      scripts: ['(?:pro|www)\\.doctolib\\.(?:de|fr|it)/'],
    },
    Booksy: {
      website: 'booksy.com',
      links: ['booksy\\.com/[a-z-]+/(?:dl/)?\\d+'],
      scripts: ['booksy\\.com/widget/'],
    },
    SimplyBook: {
      website: 'simplybook.me',
      links: ['//(?!www\\.)[a-z0-9-]+\\.simplybook\\.(?:me|it)/'],
      scripts: ['widget\\.simplybook\\.(?:me|it)/'],
    },
    Resmio: { website: 'resmio.com', links: ['app\\.resmio\\.com/'], scripts: ['static\\.resmio\\.com/'] },
    Quandoo: {
      website: 'quandoo.com',
      links: ['quandoo\\.[a-z.]+/(?:[a-z]{2}/)?place/'],
      scripts: ['booking-widget\\.quandoo\\.(?:com|de)/'],
    },
    'Microsoft Bookings': {
      website: 'microsoft.com',
      scripts: ['outlook\\.office(?:365)?\\.com/(?:owa/calendar|book)/'],
    },
    'HubSpot Meetings': {
      website: 'hubspot.com',
      scripts: ['static\\.hsappstatic\\.net/meetingsembed/'],
      implies: ['HubSpot'],
    },
    'Cal.com': { website: 'cal.com', scripts: ['^https?://(?:app\\.)?cal\\.com/(?:embed|[^/]+/)'] },
    FareHarbor: {
      website: 'fareharbor.com',
      links: ['fareharbor\\.com/embeds/'],
      scripts: ['fareharbor\\.com/embeds/'],
    },
    Eventbrite: {
      website: 'eventbrite.com',
      links: ['eventbrite\\.[a-z.]+/[eo]/'],
      scripts: ['eventbrite\\.[a-z.]+/static/widgets/'],
    },
    Treatwell: {
      website: 'treatwell.com',
      links: ['(?:widget|buchung|book)\\.treatwell\\.[a-z.]+/'],
      scripts: ['(?:widget|buchung|book)\\.treatwell\\.[a-z.]+/'],
    },
    Fresha: {
      website: 'fresha.com',
      links: ['fresha\\.com/(?:[a-z]{2}/)?(?:book-now|a|providers)/'],
      scripts: ['(?:www|widget)\\.fresha\\.com/'],
    },
    Mindbody: {
      website: 'mindbodyonline.com',
      scripts: ['(?:widgets|clients|brandedweb)\\.mindbodyonline\\.com/|brandedweb\\.mindbody\\.io/'],
    },
    TheFork: {
      website: 'thefork.com',
      links: ['(?:thefork|lafourchette)\\.[a-z.]+/r(?:estaurant|istorante)'],
      scripts: ['(?:widget|module)\\.(?:thefork|lafourchette)\\.com/'],
    },
    ResDiary: { website: 'resdiary.com', scripts: ['booking\\.resdiary\\.com/'] },
    SevenRooms: {
      website: 'sevenrooms.com',
      links: ['sevenrooms\\.com/(?:reservations|explore)/'],
      scripts: ['\\bsevenrooms\\.com/'],
    },
    Resy: { website: 'resy.com', scripts: ['widgets\\.resy\\.com/'] },
    'Booking.com': {
      website: 'booking.com',
      scripts: ['aff\\.bstatic\\.com/|booking\\.com/(?:flexiproduct|affiliate)'],
    },
    Bookero: { website: 'bookero.pl', scripts: ['cdn\\.bookero\\.pl/'] },
    Shore: {
      website: 'shore.com',
      links: ['(?:connect|my)\\.shore\\.com/'],
      scripts: ['(?:connect|my)\\.shore\\.com/'],
    },
    TIMIFY: { website: 'timify.com', scripts: ['(?:widget|book)\\.timify\\.com/'] },
    Planity: {
      website: 'planity.com',
      links: ['planity\\.com/[a-z0-9-]+'],
      scripts: ['\\bplanity\\.com/|d2skjte8udjqxw\\.cloudfront\\.net/'],
    },
    Zenchef: {
      website: 'zenchef.com',
      links: ['bookings\\.zenchef\\.com/'],
      scripts: ['(?:sdk|bookings)\\.zenchef\\.com/'],
    },
    Regiondo: { website: 'regiondo.com', scripts: ['(?:widgets|cdn)\\.regiondo\\.(?:net|com)/'] },
    Bokun: { website: 'bokun.io', scripts: ['widgets\\.bokun\\.io/'] },
    Cloudbeds: { website: 'cloudbeds.com', scripts: ['(?:hotels|static)\\d*\\.cloudbeds\\.com/'] },
    DIRS21: { website: 'dirs21.de', scripts: ['(?:www|js-sdk|v4)\\.dirs21\\.de/'] },
    YCLIENTS: {
      website: 'yclients.com',
      links: ['//(?!www\\.)[a-z0-9-]+\\.yclients\\.com/'],
      scripts: ['\\byclients\\.com'],
    },
    Docplanner: {
      website: 'docplanner.com',
      links: [
        '(?:jameda\\.de|znanylekarz\\.pl|doctoralia\\.(?:es|com\\.br|com\\.mx)|miodottore\\.it)/[^/?#]+/[^/?#]+/[^/?#]+',
      ],
      scripts: ['platform\\.docplanner\\.com/'],
    },
    Setmore: {
      website: 'setmore.com',
      links: ['//(?!www\\.)[a-z0-9-]+\\.setmore\\.com'],
      scripts: ['(?:my|assets)\\.setmore\\.com/'],
    },
    SiteMinder: {
      website: 'siteminder.com',
      links: ['(?:direct-book|book-directonline)\\.com/'],
      scripts: ['\\.(?:siteminder|thebookingbutton)\\.com/'],
    },
  }),
  ...fingerprints('Delivery', {
    Lieferando: {
      website: 'lieferando.de',
      links: [
        '(?:lieferando\\.(?:de|at)|thuisbezorgd\\.nl|takeaway\\.com|pyszne\\.pl|just-eat\\.[a-z.]+)/(?:[a-z]{2}/)?(?:speisekarte|menu|restaurants-|carta)',
      ],
    },
    Wolt: { website: 'wolt.com', links: ['wolt\\.com/(?:[a-z]{2}/)?[a-z]{3}/[^/?#]+/(?:restaurant|venue)/'] },
    'Uber Eats': { website: 'ubereats.com', links: ['ubereats\\.com/(?:[a-z-]+/)?store/'] },
    DoorDash: { website: 'doordash.com', links: ['doordash\\.com/store/', 'order\\.online/'] },
    Deliveroo: { website: 'deliveroo.co.uk', links: ['deliveroo\\.[a-z.]+/menu/'] },
    iFood: { website: 'ifood.com.br', links: ['ifood\\.com\\.br/delivery/'] },
  }),
};
