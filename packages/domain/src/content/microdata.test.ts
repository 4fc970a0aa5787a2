import { expect, it } from 'vitest';
import { extractContacts } from './extract-contacts.ts';
import { extractPage } from './extract-page.ts';
import { responseFixture } from './page-fixture.ts';

const structured = (html: string): readonly unknown[] => extractPage(responseFixture(html)).jsonLd;

const FIRM = `<div itemscope itemtype="http://schema.org/LocalBusiness">
  <h1 itemprop="name">Physio <b>Team</b> Bauer</h1><img itemprop="image" src="a.jpg">
  <div itemprop="address" itemscope itemtype="http://schema.org/PostalAddress"><span itemprop="streetAddress">Ring 5</span><br>
    <span itemprop="postalCode">50667</span> <span itemprop="addressLocality">K&ouml;ln</span></div>
  <div>Tel <span itemprop="telephone">0221 999 88 77</span></div>
  <a itemprop="email" href="mailto:info@physio-team.de">Mail</a>
  <link itemprop="sameAs" href="https://www.facebook.com/physioteam"></div>
  <p itemprop="name">Not of it</p>`;

it('of organisations is read as JSON-LD is', () => {
  expect(structured(FIRM)).toEqual([
    {
      '@type': 'LocalBusiness',
      name: 'Physio Team Bauer',
      address: {
        '@type': 'PostalAddress',
        streetAddress: 'Ring 5',
        postalCode: '50667',
        addressLocality: 'Köln',
      },
      telephone: '0221 999 88 77',
      email: 'info@physio-team.de',
      sameAs: 'https://www.facebook.com/physioteam',
    },
  ]);
});

it('gives the contacts', () => {
  const page = extractPage(responseFixture(`<html lang=de>${FIRM}`));
  const { contacts, organisation } = extractContacts(page);
  expect(organisation).toBe('Physio Team Bauer');
  expect(
    contacts.filter(({ place }) => place === 'structured_data').map(({ kind, value }) => [kind, value]),
  ).toEqual([
    ['phone', '+492219998877'],
    ['social', 'https://www.facebook.com/physioteam'],
    ['address', 'Ring 5, 50667 Köln'],
  ]);
});

it('of values in attributes, of who publishes, and of what is left open', () => {
  expect(
    structured(`<article itemscope itemtype="https://schema.org/BlogPosting"><h2 itemprop="headline">Title</h2>
      <div itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="Atelier Durand">
      <a itemprop="telephone" href="tel:+33472123456">Call</a></div>
      <div itemscope itemtype="https://schema.org/Hotel"><span itemprop="name">Adler`),
  ).toEqual([
    {
      '@type': 'BlogPosting',
      publisher: { '@type': 'Organization', name: 'Atelier Durand', telephone: '+33472123456' },
    },
  ]);
});

it('of goods, crumbs and pages is left out', () => {
  expect(
    structured(`<body itemscope itemtype="https://schema.org/WebPage"><ol itemscope itemtype="https://schema.org/BreadcrumbList">
      ${'<li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem"><span itemprop="name">Start</span></li>'.repeat(30)}</ol>
      <div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Chair</b><p itemprop="brand" itemscope itemtype="https://schema.org/Brand">
      <i itemprop="name">Sitzgut</i></p></div>
      <footer itemscope itemtype="https://schema.org/Store"><b itemprop="name">Wood &amp; Co</b></footer></body>`),
  ).toEqual([{ '@type': 'Store', name: 'Wood & Co' }]);
});
