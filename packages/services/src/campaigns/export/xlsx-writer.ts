import { strToU8, Zip, ZipDeflate } from 'fflate';

export const XLSX_CONTENT_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type Cell = string | number | boolean | null;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** The parts around the sheet (ECMA-376, part 1, 12.2): a workbook of one sheet, without styles. */
const FIXED_PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Export" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

/** The longest text that a cell takes. */
const MAX_CELL_UNITS = 32_767;

/** Writes a workbook of one sheet, a few rows at a time; each call gives the bytes that are ready. Texts stay texts. */
export class XlsxWriter {
  readonly #header: readonly string[];
  readonly #zip: Zip;
  #ready: Uint8Array[] = [];
  #sheet: ZipDeflate | null = null;

  constructor(header: readonly string[]) {
    this.#header = header;
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      this.#ready.push(bytes);
    });
  }

  begin(): Uint8Array {
    for (const [path, xml] of Object.entries(FIXED_PARTS)) {
      const part = this.#part(path);
      part.push(strToU8(HEAD + xml), true);
    }
    this.#sheet = this.#part('xl/worksheets/sheet1.xml');
    this.#sheet.push(strToU8(`${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rowXml(this.#header)}`));
    return this.#take();
  }

  rows(rows: readonly (readonly Cell[])[]): Uint8Array {
    this.#sheet?.push(strToU8(rows.map(rowXml).join('')));
    return this.#take();
  }

  end(): Uint8Array {
    this.#sheet?.push(strToU8('</sheetData></worksheet>'), true);
    this.#zip.end();
    return this.#take();
  }

  #part(path: string): ZipDeflate {
    const part = new ZipDeflate(path, { level: 4 });
    // The date is the format's earliest: equal content gives equal files.
    part.mtime = new Date(1980, 0, 1);
    this.#zip.add(part);
    return part;
  }

  #take(): Uint8Array {
    const total = new Uint8Array(this.#ready.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const bytes of this.#ready) {
      total.set(bytes, at);
      at += bytes.length;
    }
    this.#ready = [];
    return total;
  }
}

const rowXml = (cells: readonly Cell[]): string => `<row>${cells.map(cellXml).join('')}</row>`;

function cellXml(cell: Cell): string {
  if (cell === null) return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell.slice(0, MAX_CELL_UNITS))}</t></is></c>`;
}

/** Text in XML 1.0, which has no place for most control characters and lone surrogates. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
