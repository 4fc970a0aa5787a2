import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { DomainRow } from '../domains/domain-row.ts';
import { EXPORT_COLUMNS } from './export-columns.ts';
import { ROW_FORMATS } from './row-formats.ts';

const row = (domain: string): DomainRow => ({
  ordinal: 0,
  domain,
  dnsStatus: 'ok',
  dnsReason: null,
  isAvailable: null,
  httpStatus: null,
  httpReason: null,
  httpStatusCode: null,
  leadStatus: null,
  score: null,
  lastCheckedAt: null,
});

test('cells that a spreadsheet would run are neutralised', () => {
  const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x","y")'];
  const text = ROW_FORMATS.csv.rows(cells.map(row), ['domain', 'dnsStatus'], true);
  expect(parse(text)).toEqual(cells.map((cell) => [`'${cell}`, 'ok']));
});

test('other cells come back as they were', () => {
  const cells = ['a.com', 'a,b', 'say "x"', 'two\nlines', ' space ', 'a=b', 'ü', '', "'quoted"];
  const text = ROW_FORMATS.csv.rows(cells.map(row), ['domain', 'score', 'dnsStatus'], true);
  expect(parse(text)).toEqual(cells.map((cell) => [cell, '', 'ok']));
});

test('JSON and NDJSON keep formulas, which no parser of them runs', () => {
  const { begin, rows, end } = ROW_FORMATS.json;
  const text =
    begin(EXPORT_COLUMNS) + rows([row('=1')], ['domain'], true) + rows([row('b')], ['domain'], false) + end;
  expect(JSON.parse(text)).toEqual([{ domain: '=1' }, { domain: 'b' }]);
});
