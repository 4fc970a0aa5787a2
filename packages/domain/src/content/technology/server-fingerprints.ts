import { fingerprints, VERSION } from './fingerprint.ts';

export const SERVER_FINGERPRINTS = {
  ...fingerprints('Web server', {
    Nginx: { website: 'nginx.org', headers: { server: `^nginx(?:/${VERSION})?` } },
    OpenResty: {
      website: 'openresty.org',
      headers: { server: `^openresty(?:/${VERSION})?` },
      implies: ['Nginx'],
    },
    'Apache HTTP Server': {
      website: 'httpd.apache.org',
      headers: { server: `^apache(?:/${VERSION})?(?![-\\w])` },
    },
    'Apache Tomcat': {
      website: 'tomcat.apache.org',
      headers: { server: '^apache-coyote' },
      implies: ['Java'],
    },
    LiteSpeed: { website: 'litespeedtech.com', headers: { server: '^litespeed' } },
    'Microsoft IIS': { website: 'iis.net', headers: { server: `^microsoft-iis(?:/${VERSION})?` } },
    Caddy: { website: 'caddyserver.com', headers: { server: '^caddy' } },
    Lighttpd: { website: 'lighttpd.net', headers: { server: `^lighttpd(?:/${VERSION})?` } },
    Jetty: { website: 'jetty.org', headers: { server: `^jetty(?:\\(${VERSION})?` }, implies: ['Java'] },
    Gunicorn: {
      website: 'gunicorn.org',
      headers: { server: `^gunicorn(?:/${VERSION})?` },
      implies: ['Python'],
    },
    'Phusion Passenger': {
      website: 'phusionpassenger.com',
      headers: {
        'x-powered-by': `phusion passenger(?:\\(r\\))?(?: ${VERSION})?`,
        server: `phusion passenger(?:\\(r\\))?(?: ${VERSION})?`,
      },
    },
    Envoy: { website: 'envoyproxy.io', headers: { server: '^envoy', 'x-envoy-upstream-service-time': '' } },
    Traefik: { website: 'traefik.io', headers: { server: '^traefik' } },
    OpenSSL: { website: 'openssl.org', headers: { server: `openssl/${VERSION}` } },
  }),
  ...fingerprints('CDN', {
    Cloudflare: {
      website: 'cloudflare.com',
      headers: { server: '^cloudflare', 'cf-ray': '' },
      cookies: ['__cf_bm', '__cfduid', 'cf_clearance'],
      dns: { ns: ['\\.ns\\.cloudflare\\.com'] },
    },
    Fastly: {
      website: 'fastly.com',
      headers: { 'x-served-by': '^cache-', 'x-fastly-request-id': '', 'fastly-debug-digest': '' },
    },
    'Amazon CloudFront': {
      website: 'aws.amazon.com/cloudfront',
      headers: { 'x-amz-cf-id': '', via: 'cloudfront' },
      dns: { cname: ['\\.cloudfront\\.net'] },
    },
    Akamai: {
      website: 'akamai.com',
      headers: { 'x-akamai-transformed': '', server: '^akamai', 'akamai-grn': '' },
      cookies: ['ak_bmsc', 'bm_sv'],
      dns: { cname: ['\\.(?:edgekey|edgesuite|akamaiedge)\\.net'] },
    },
    BunnyCDN: {
      website: 'bunny.net',
      headers: { server: '^bunnycdn', 'cdn-pullzone': '' },
      scripts: ['\\.b-cdn\\.net/'],
    },
    KeyCDN: { website: 'keycdn.com', headers: { server: '^keycdn' }, scripts: ['\\.kxcdn\\.com/'] },
    'Azure Front Door': {
      website: 'azure.microsoft.com/products/frontdoor',
      headers: { 'x-azure-ref': '' },
      dns: { cname: ['\\.azurefd\\.net'] },
    },
    jsDelivr: { website: 'jsdelivr.com', scripts: ['^https?://cdn\\.jsdelivr\\.net/'] },
    cdnjs: { website: 'cdnjs.com', scripts: ['^https?://cdnjs\\.cloudflare\\.com/'] },
    unpkg: { website: 'unpkg.com', scripts: ['^https?://unpkg\\.com/'] },
    Imgix: { website: 'imgix.com', scripts: ['\\.imgix\\.net/'] },
    Cloudinary: { website: 'cloudinary.com', scripts: ['res\\.cloudinary\\.com/'] },
  }),
  ...fingerprints('Cache', {
    Varnish: {
      website: 'varnish-cache.org',
      headers: { 'x-varnish': '', via: `varnish(?:[-/ v(]*${VERSION})?` },
    },
    'LiteSpeed Cache': {
      website: 'litespeedtech.com',
      headers: { 'x-litespeed-cache': '' },
      implies: ['LiteSpeed'],
    },
    'WP Rocket': {
      website: 'wp-rocket.me',
      headers: { 'x-powered-by': '^wp rocket' },
      html: ['^<!--this website is like a rocket'],
      scripts: ['/wp-content/cache/min/1/'],
      implies: ['WordPress'],
    },
    'W3 Total Cache': {
      website: 'boldgrid.com/w3-total-cache',
      headers: { 'x-powered-by': `^w3 total cache(?:/${VERSION})?` },
      html: ['^<!--performance optimized by w3 total cache'],
      implies: ['WordPress'],
    },
    'WP Super Cache': {
      website: 'wordpress.org/plugins/wp-super-cache',
      html: ['^<!--super cache|^<!--dynamic page generated in'],
      headers: { 'wp-super-cache': '' },
      implies: ['WordPress'],
    },
    Autoptimize: {
      website: 'autoptimize.com',
      scripts: ['/wp-content/cache/autoptimize/'],
      implies: ['WordPress'],
    },
  }),
  ...fingerprints('Hosting', {
    Vercel: { website: 'vercel.com', headers: { server: '^vercel', 'x-vercel-id': '' } },
    Netlify: { website: 'netlify.com', headers: { server: '^netlify', 'x-nf-request-id': '' } },
    'GitHub Pages': {
      website: 'pages.github.com',
      headers: { server: '^github\\.com' },
      url: ['^https?://[^/]+\\.github\\.io/'],
    },
    'GitLab Pages': { website: 'docs.gitlab.com', url: ['^https?://[^/]+\\.gitlab\\.io/'] },
    'Cloudflare Pages': {
      website: 'pages.cloudflare.com',
      url: ['^https?://[^/]+\\.pages\\.dev/'],
      implies: ['Cloudflare'],
    },
    Heroku: {
      website: 'heroku.com',
      headers: { via: 'vegur', 'reporting-endpoints': 'heroku-nel' },
      url: ['^https?://[^/]+\\.herokuapp\\.com/'],
    },
    Render: { website: 'render.com', headers: { 'rndr-id': '', 'x-render-origin-server': '' } },
    'Fly.io': { website: 'fly.io', headers: { server: '^fly/', 'fly-request-id': '' } },
    Railway: { website: 'railway.com', headers: { server: '^railway-edge', 'x-railway-request-id': '' } },
    Kinsta: { website: 'kinsta.com', headers: { 'x-kinsta-cache': '' } },
    'WP Engine': {
      website: 'wpengine.com',
      headers: { 'x-powered-by': '^wp engine', 'wpe-backend': '' },
      implies: ['WordPress'],
    },
    Pantheon: { website: 'pantheon.io', headers: { 'x-pantheon-styx-hostname': '' } },
    'Platform.sh': {
      website: 'platform.sh',
      headers: { 'x-platform-cluster': '', 'x-platform-processor': '' },
    },
    Flywheel: {
      website: 'getflywheel.com',
      headers: { 'x-fw-hash': '', 'x-fw-serve': '' },
      implies: ['WordPress'],
    },
    'Amazon S3': { website: 'aws.amazon.com/s3', headers: { server: '^amazons3' } },
    'AWS Elastic Load Balancing': {
      website: 'aws.amazon.com/elasticloadbalancing',
      headers: { server: '^awselb' },
      cookies: ['AWSALB', 'AWSELB', 'AWSALBCORS'],
    },
    'Google Cloud': {
      website: 'cloud.google.com',
      headers: { server: '^google frontend', via: '1\\.1 google' },
    },
    'Microsoft Azure': {
      website: 'azure.microsoft.com',
      cookies: ['ARRAffinity'],
      dns: { cname: ['\\.azurewebsites\\.net'] },
    },
    SiteGround: {
      website: 'siteground.com',
      headers: {
        'sg-optimizer-cache-control': '',
        'x-sg-cache': '',
        'host-header': '^6b7412fb82ca5edfd0917e3957f05d89',
      },
    },
    Hostinger: { website: 'hostinger.com', headers: { platform: '^hostinger' } },
    Plesk: { website: 'plesk.com', headers: { 'x-powered-by': '^plesk' } },
    IONOS: {
      website: 'ionos.com',
      dns: { ns: ['\\.ui-dns\\.(?:com|net|org|biz|de)'], mx: ['\\.(?:ionos|kundenserver|1and1)\\.[a-z.]+'] },
    },
    STRATO: { website: 'strato.de', dns: { ns: ['\\.rzone\\.de'], mx: ['\\.rzone\\.de'] } },
    OVHcloud: {
      website: 'ovhcloud.com',
      dns: { ns: ['\\.ovh\\.(?:net|ca)'], mx: ['\\.(?:mail\\.)?ovh\\.net'] },
    },
    GoDaddy: {
      website: 'godaddy.com',
      dns: { ns: ['\\.domaincontrol\\.com'], mx: ['\\.secureserver\\.net'] },
    },
    Hetzner: {
      website: 'hetzner.com',
      dns: { ns: ['\\.(?:your-server\\.de|first-ns\\.de|ns\\.hetzner\\.(?:com|de))'] },
    },
    'AWS Route 53': { website: 'aws.amazon.com/route53', dns: { ns: ['\\.awsdns-'] } },
    'Azure DNS': {
      website: 'azure.microsoft.com/products/dns',
      dns: { ns: ['\\.azure-dns\\.(?:com|net|org|info)'] },
    },
    Gandi: { website: 'gandi.net', dns: { ns: ['\\.gandi\\.net'], mx: ['\\.mail\\.gandi\\.net'] } },
    Infomaniak: {
      website: 'infomaniak.com',
      dns: { ns: ['\\.infomaniak\\.(?:ch|com)'], mx: ['\\.infomaniak\\.ch'] },
    },
  }),
  ...fingerprints('Server language', {
    PHP: {
      website: 'php.net',
      headers: { 'x-powered-by': `^php(?:/${VERSION})?`, server: `php/${VERSION}` },
      cookies: ['PHPSESSID'],
    },
    'ASP.NET': {
      website: 'dotnet.microsoft.com/apps/aspnet',
      headers: { 'x-aspnet-version': VERSION, 'x-powered-by': '^asp\\.net' },
      cookies: ['ASP.NET_SessionId', '.AspNetCore.*'],
    },
    'ASP.NET MVC': {
      website: 'dotnet.microsoft.com/apps/aspnet/mvc',
      headers: { 'x-aspnetmvc-version': VERSION },
      implies: ['ASP.NET'],
    },
    Java: { website: 'java.com', cookies: ['JSESSIONID'] },
    Python: { website: 'python.org', headers: { server: `\\bpython/${VERSION}` } },
    Ruby: { website: 'ruby-lang.org', headers: { server: `\\bruby/${VERSION}` } },
  }),
  ...fingerprints('Web framework', {
    Express: { website: 'expressjs.com', headers: { 'x-powered-by': '^express' } },
    Laravel: { website: 'laravel.com', cookies: ['laravel_session'], implies: ['PHP'] },
    Symfony: {
      website: 'symfony.com',
      headers: { 'x-debug-token-link': '_profiler' },
      cookies: ['sf_redirect'],
      implies: ['PHP'],
    },
    CodeIgniter: { website: 'codeigniter.com', cookies: ['ci_session', 'ci_csrf_token'], implies: ['PHP'] },
    CakePHP: { website: 'cakephp.org', cookies: ['CAKEPHP', 'cakephp'], implies: ['PHP'] },
    Yii: {
      website: 'yiiframework.com',
      cookies: ['YII_CSRF_TOKEN'],
      meta: { 'csrf-param': '^_csrf(?:-frontend)?$\\;confidence:60' },
      implies: ['PHP'],
    },
    Django: { website: 'djangoproject.com', cookies: ['csrftoken', 'django_language'], implies: ['Python'] },
    Flask: {
      website: 'flask.palletsprojects.com',
      headers: { server: `^werkzeug/${VERSION}` },
      implies: ['Python'],
    },
    'Ruby on Rails': {
      website: 'rubyonrails.org',
      headers: { 'x-powered-by': '^mod_rails' },
      meta: { 'csrf-param': '^authenticity_token$' },
      implies: ['Ruby'],
    },
    Phoenix: { website: 'phoenixframework.org', html: ['^data-phx-(?:main|session|static)'] },
    Livewire: {
      website: 'livewire.laravel.com',
      scripts: ['/livewire(?:\\.min)?\\.js'],
      implies: ['Laravel'],
    },
    'Inertia.js': {
      website: 'inertiajs.com',
      headers: { 'x-inertia': '' },
      html: ['^data-page=\\{"component'],
    },
    Blazor: {
      website: 'dotnet.microsoft.com/apps/aspnet/web-apps/blazor',
      scripts: ['_framework/blazor\\.(?:web|server|webassembly)'],
      implies: ['ASP.NET'],
    },
  }),
};
