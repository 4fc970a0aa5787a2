import { fingerprints } from './fingerprint.ts';

export const MAIL_FINGERPRINTS = {
  ...fingerprints('Mail', {
    'Google Workspace': {
      website: 'workspace.google.com',
      dns: {
        mx: ['(?:aspmx[2-5]?\\.(?:l\\.google|googlemail)|smtp\\.google)\\.com'],
        txt: ['^v=spf1 [^"]*include:_spf\\.google\\.com\\;confidence:80'],
      },
    },
    'Microsoft 365': {
      website: 'microsoft365.com',
      dns: {
        mx: ['\\.mail\\.protection\\.outlook\\.com|\\.mx\\.microsoft'],
        txt: [
          '^ms=ms\\d+\\;confidence:60',
          '^v=spf1 [^"]*include:spf\\.protection\\.outlook\\.com\\;confidence:80',
        ],
      },
    },
    'Zoho Mail': {
      website: 'zoho.com/mail',
      dns: {
        mx: ['\\bmx[23]?\\.zoho\\.(?:com|eu|in)'],
        txt: [
          '^zoho-verification=\\;confidence:60',
          '^v=spf1 [^"]*include:(?:one\\.)?zoho(?:mail)?\\.(?:com|eu|in)\\;confidence:80',
        ],
      },
    },
    'Proton Mail': {
      website: 'proton.me',
      dns: { mx: ['\\bmail(?:sec)?\\.protonmail\\.ch'], txt: ['^protonmail-verification=\\;confidence:60'] },
    },
    Fastmail: { website: 'fastmail.com', dns: { mx: ['\\.messagingengine\\.com'] } },
    'Yandex 360': { website: '360.yandex.com', dns: { mx: ['\\bmx\\.yandex\\.(?:net|ru)'] } },
    Mailbox: { website: 'mailbox.org', dns: { mx: ['\\bmxext[1-3]\\.mailbox\\.org'] } },
    iCloud: { website: 'icloud.com', dns: { mx: ['\\.mail\\.icloud\\.com'] } },
    Proofpoint: { website: 'proofpoint.com', dns: { mx: ['\\.(?:pphosted|ppe-hosted)\\.com'] } },
    Mimecast: { website: 'mimecast.com', dns: { mx: ['\\.mimecast\\.(?:com|co\\.za)'] } },
    Barracuda: { website: 'barracuda.com', dns: { mx: ['\\.barracudanetworks\\.com'] } },
    Hornetsecurity: {
      website: 'hornetsecurity.com',
      dns: { mx: ['\\.hornetsecurity\\.com|\\.antispameurope\\.com'] },
    },
    'Amazon SES': {
      website: 'aws.amazon.com/ses',
      dns: { mx: ['inbound-smtp\\.[a-z0-9-]+\\.amazonaws\\.com'], txt: ['include:amazonses\\.com'] },
    },
    SendGrid: {
      website: 'sendgrid.com',
      dns: { txt: ['include:sendgrid\\.net'], mx: ['\\bmx\\.sendgrid\\.net'] },
    },
    Mailgun: {
      website: 'mailgun.com',
      dns: { txt: ['include:mailgun\\.org'], mx: ['\\bmx[ab]\\.(?:eu\\.)?mailgun\\.org'] },
    },
    Mailjet: { website: 'mailjet.com', dns: { txt: ['include:spf\\.mailjet\\.com'] } },
    Postmark: { website: 'postmarkapp.com', dns: { txt: ['include:spf\\.mtasv\\.net'] } },
    'Cloudflare Email Routing': { website: 'cloudflare.com', dns: { mx: ['\\.mx\\.cloudflare\\.net'] } },
    'Mail.ru': { website: 'biz.mail.ru', dns: { mx: ['\\bemx\\.mail\\.ru'] } },
    'Tencent Exmail': {
      website: 'exmail.qq.com',
      dns: { mx: ['\\bmxbiz[12]\\.qq\\.com'], txt: ['include:spf\\.mail\\.qq\\.com\\;confidence:80'] },
    },
    'Alibaba Mail': {
      website: 'qiye.aliyun.com',
      dns: { mx: ['\\bmx[nw]?\\d*\\.(?:qiye\\.aliyun|mxhichina|sg\\.aliyun|alibaba-inc)\\.com'] },
    },
    NetEase: {
      website: 'qiye.163.com',
      dns: { mx: ['\\.(?:mxmail\\.netease|qiye163mx\\d*\\.mxmail\\.netease)\\.com|\\.qiye\\.163\\.com'] },
    },
    'NAVER WORKS': { website: 'naver.worksmobile.com', dns: { mx: ['\\.worksmobile\\.com'] } },
    'Cisco Secure Email': { website: 'cisco.com', dns: { mx: ['\\.iphmx\\.com'] } },
    'Trend Micro Email Security': {
      website: 'trendmicro.com',
      dns: { mx: ['\\.(?:tmes|hes)\\.trendmicro\\.(?:com|eu)'] },
    },
    'Sophos Email': { website: 'sophos.com', dns: { mx: ['\\.hydra\\.sophos\\.com'] } },
    'Vade Secure': { website: 'vadesecure.com', dns: { mx: ['\\.vadesecure\\.com'] } },
    'Titan Email': { website: 'titan.email', dns: { mx: ['\\bmx[12]\\.titan\\.email'] } },
    Migadu: { website: 'migadu.com', dns: { mx: ['\\baspmx[12]\\.migadu\\.com'] } },
    Tuta: { website: 'tuta.com', dns: { mx: ['\\bmail\\.tutanota\\.de'] } },
    SparkPost: {
      website: 'bird.com',
      dns: { txt: ['include:(?:[^ ]*\\.)?(?:sparkpostmail|_spf\\.eu\\.sparkpostmail)\\.com'] },
    },
    'Elastic Email': { website: 'elasticemail.com', dns: { txt: ['include:_spf\\.elasticemail\\.com'] } },
    SMTP2GO: { website: 'smtp2go.com', dns: { txt: ['include:spf\\.smtp2go\\.com'] } },
    ImprovMX: { website: 'improvmx.com', dns: { mx: ['\\bmx[12]\\.improvmx\\.com'] } },
    'Rackspace Email': { website: 'rackspace.com', dns: { mx: ['\\bmx[12]\\.emailsrvr\\.com'] } },
    'KAS Server (All-Inkl)': {
      website: 'all-inkl.com',
      dns: { mx: ['\\.kasserver\\.com'], ns: ['\\.kasserver\\.com'] },
    },
    'Hostinger Mail': { website: 'hostinger.com', dns: { mx: ['\\bmx[12]\\.hostinger\\.com'] } },
    'Namecheap Private Email': {
      website: 'privateemail.com',
      dns: { mx: ['\\bmx[12]\\.privateemail\\.com'] },
    },
    'Salesforce Email': { website: 'salesforce.com', dns: { txt: ['include:_spf\\.salesforce\\.com'] } },
  }),
  ...fingerprints('Business software', {
    Atlassian: { website: 'atlassian.com', dns: { txt: ['^atlassian-domain-verification='] } },
    DocuSign: { website: 'docusign.com', dns: { txt: ['^docusign='] } },
    'Meta Business': {
      website: 'business.facebook.com',
      meta: { 'facebook-domain-verification': '' },
      dns: { txt: ['^facebook-domain-verification='] },
    },
    'Adobe Identity': { website: 'adobe.com', dns: { txt: ['^adobe-idp-site-verification='] } },
    'Apple Business': { website: 'business.apple.com', dns: { txt: ['^apple-domain-verification='] } },
  }),
};
