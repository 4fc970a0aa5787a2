/** Words that stand before telephone numbers, whatever letters stand on before and behind them. */
const PHONE_STEMS =
  'telef|teleph|téléph|phone|mobil|handy|hotline|rufnum|whatsapp|viber|kontakt|contact|celular|cellular|móvil|' +
  'телефон|τηλ|κινητ|電話|电话|手机|手機|热线|熱線|联系方式|フリーダイヤル|携帯|전화|휴대폰|연락처|هاتف|جوال|موبايل|تلفون|واتساب|تلفن|طلفون|טלפון|נייד|' +
  'मोबाइल|फ़ोन|फोन|โทร|มือถือ|điện thoại';
/** Short ones, which stand alone: their letters are those of many words. */
const PHONE_WORDS =
  'tel|tél|tél|tlf|tfn|tfno|call(?: us)?|text|sms|mob|cell|cel|fon|fone|ruf|bel|gsm|port|portable|puh|kom|kor|wa|telp|hp|ligue|cep|' +
  'тел|моб|κιν|đt|sđt|טל|hotline|freephone|free ?call|toll[ -]?free';
const FAX_STEMS = 'fax|faks|φαξ|факс|传真|傳真|ファックス|ファクス|팩스|فاكس|פקס|โทรสาร|แฟกซ์';
/** What stands between a label and its number. */
const NUMBER_WORD = String.raw`(?:[ .-]{1,2}(?:nr|no|n[°ºo]|number|nummer|num[eé]ro)\b\.?)?`;
const BETWEEN = String.raw`\s?[)\]]?[ .:：/'"-]{0,4}$`;

const FAX = new RegExp(`(?:${FAX_STEMS})[\\p{L}]{0,12}${NUMBER_WORD}${BETWEEN}`, 'iu');
const PHONE = new RegExp(
  `(?:(?:${PHONE_STEMS})[\\p{L}]{0,12}|(?<![\\p{L}\\p{N}])(?:${PHONE_WORDS}))${NUMBER_WORD}${BETWEEN}`,
  'iu',
);

/** Words before a number that is something else: of taxes, banks, goods, orders, registers and licences. */
const OTHER_WORDS =
  'is[bs]n|ean|gtin|upc|iban|bic|swift|vat|ust|uid|tax|hr[ab]|siret|siren|rcs|kvk|btw|tva|nip|regon|krs|cnpj|cpf|p\\.? ?iva|' +
  'partita iva|c\\.? ?f|cif|nif|abn|acn|gst|gstin|cin|pan|i[cč]o?|di[cč]|cvr|org\\.? ?n[ro]|fn|mwst|id|sku|art|artikel|article|' +
  'order|orders|bestellung|bestell|auftrag|rechnung|invoice|factura|facture|fattura|ref|reference|case|konto|account|acct|' +
  'licen[cs]e|lic|permit|bar|rfc|rut|nit|ruc|rnc|cui[tl]|oib|pesel|uen|y-?tunnus|npwp|mersis|vergi|bankgiro|plusgiro|sort code|tracking|ssn|zip|plz|pin|inn|ogrn|serial|model|' +
  'рег|инн|кпп|огрн|єдрпоу|αφμ';
const OTHER_SIGNS = '法人番号|登録番号|許可番号|邮编|备|安备|统一社会信用代码|등록번호|사업자|신고|ח\\.?פ';
const OTHER = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])(?:${OTHER_WORDS})|${OTHER_SIGNS})` +
    `(?:[ .-]{0,2}(?:id|no|nr|n[°ºo]|number|nummer|num[eé]ro|code|registration|reg)(?!\\p{L})\\.?){0,2}[ .:：#№°º-]{0,6}$`,
  'iu',
);

/** The beginning of an account's number (IBAN), with letters of the bank in some countries. */
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}\s?(?:[A-Z0-9]{4}\s?){0,3}$/u;

/** What the text before a number says that it is; null where it does not say. */
export function numberLabel(before: string): 'phone' | 'fax' | 'other' | null {
  if (FAX.test(before)) return 'fax';
  if (PHONE.test(before)) return 'phone';
  return OTHER.test(before) || IBAN.test(before) ? 'other' : null;
}
