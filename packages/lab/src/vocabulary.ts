/** Languages in which the lab's pages are written (ISO 639-1). */
export type LabLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt' | 'pl' | 'ja';

/**
 * The fixed vocabulary of keywords, by language. No word of it occurs in the lab's filler text, not even as a part of
 * another word, and none is part of another: a page holds exactly the keywords that its truth lists.
 */
export const labKeywords: Readonly<Record<LabLanguage, readonly string[]>> = {
  en: [
    'invoice',
    'shipping',
    'wholesale',
    'software',
    'consulting',
    'logistics',
    'insurance',
    'catering',
    'machinery',
    'recruitment',
    'accounting',
    'packaging',
  ],
  de: ['rechnung', 'versand', 'großhandel', 'beratung', 'buchhaltung', 'maschinenbau', 'verpackung'],
  fr: ['facture', 'livraison', 'grossiste', 'logiciel', 'comptabilité', 'emballage'],
  es: ['factura', 'envío', 'mayorista', 'consultoría', 'embalaje', 'maquinaria'],
  it: ['fattura', 'spedizione', 'ingrosso', 'consulenza', 'imballaggio', 'assicurazione'],
  nl: ['factuur', 'verzending', 'groothandel', 'boekhouding', 'verzekering', 'machinebouw'],
  pt: ['fatura', 'frete', 'atacado', 'assessoria', 'embalagem', 'logística'],
  pl: ['faktura', 'wysyłka', 'hurtownia', 'oprogramowanie', 'doradztwo', 'księgowość'],
  ja: ['請求書', '配送', '卸売', '会計', '保険', '物流', '梱包'],
};

/** All keywords of all languages. */
export const allLabKeywords: readonly string[] = Object.values(labKeywords).flat();
