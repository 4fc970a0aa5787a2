import type { KeywordRule } from '@domainflow/domain/keyword/keyword-rule.ts';

export const STARTER_SET = {
  name: 'Commerce and services',
  description:
    'Words by which businesses say what they sell and do, in nine languages. A start to be adapted.',
} as const;

/** Words of one meaning in several languages: the weight is for the meaning. */
const TOPICS: readonly { category: string; weight: number; words: string }[] = [
  {
    category: 'Wholesale',
    weight: 15,
    words: 'wholesale, großhandel, grossiste, mayorista, ingrosso, groothandel, atacado, hurtownia, 卸売',
  },
  {
    category: 'Shipping and logistics',
    weight: 12,
    words:
      'shipping, logistics, versand, livraison, envío, logística, spedizione, verzending, frete, wysyłka, 配送, 物流',
  },
  {
    category: 'Packaging',
    weight: 10,
    words: 'packaging, verpackung, emballage, embalaje, imballaggio, verpakking, embalagem, opakowania, 梱包',
  },
  {
    category: 'Machinery',
    weight: 10,
    words:
      'machinery, maschinenbau, machines industrielles, maquinaria, macchinari, machinebouw, maszyny, 機械',
  },
  {
    category: 'Software',
    weight: 12,
    words: 'software, logiciel, programmatuur, oprogramowanie, ソフトウェア',
  },
  {
    category: 'Consulting',
    weight: 10,
    words:
      'consulting, beratung, conseil, consultoría, consulenza, advies, assessoria, doradztwo, コンサルティング',
  },
  {
    category: 'Accounting',
    weight: 8,
    words:
      'accounting, buchhaltung, comptabilité, contabilidad, contabilità, boekhouding, contabilidade, księgowość, 会計',
  },
  {
    category: 'Invoicing',
    weight: 6,
    words: 'invoice, rechnung, facture, factura, fattura, factuur, fatura, faktura, 請求書',
  },
  {
    category: 'Insurance',
    weight: 8,
    words: 'insurance, versicherung, assurance, seguros, assicurazione, verzekering, ubezpieczenia, 保険',
  },
  {
    category: 'Recruitment',
    weight: 8,
    words: 'recruitment, personalvermittlung, recrutement, rekrutacja, 採用',
  },
  { category: 'Catering', weight: 6, words: 'catering, traiteur, ristorazione, ケータリング' },
];

/** The rules of the starter set. */
export const starterRules: readonly KeywordRule[] = TOPICS.flatMap(({ category, weight, words }) =>
  words.split(', ').map((pattern) => ({
    pattern,
    kind: 'literal' as const,
    caseSensitive: false,
    wholeWord: true,
    weight,
    category,
    active: true,
  })),
);
