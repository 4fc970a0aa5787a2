const MEANS: readonly (readonly [string, RegExp])[] = [
  ['PayPal', /paypal/i],
  ['Visa', /\bvisa(?:[ ._-]|$|[,/|] ?(?:master|maestro|american|amex|paypal|klarna))(?!stamp)/i],
  ['Mastercard', /master-?card/i],
  ['American Express', /american[ _-]express|\bamex\b/i],
  ['Klarna', /\bklarna/i],
  ['Apple Pay', /apple[ _-]?pay/i],
  ['Google Pay', /google[ _-]?pay\b|\bg-?pay\b/i],
  ['Amazon Pay', /amazon[ _-]?pay/i],
  ['SEPA', /\bsepa\b|lastschrift/i],
  ['iDEAL', /\bideal[ _-]?(?:logo|payment|betaling|\|)/i],
  ['Bancontact', /bancontact/i],
  ['Sofort', /sofort(?:überweisung|ueberweisung|[ _-]banking)/i],
  ['TWINT', /\btwint\b/i],
  ['Przelewy24', /przelewy24/i],
  ['Alipay', /alipay/i],
  ['WeChat Pay', /wechat[ _-]?pay/i],
  ['Pix', /\bpix[ _-](?:payment|pagamento|logo)/i],
];
const ANY = new RegExp(MEANS.map(([, pattern]) => pattern.source).join('|'), 'i');

/** The means of payment that a picture's name or description says, null where none. */
export function paymentNamed(text: string): string | null {
  const said = text.length > 400 ? text.slice(0, 400) : text;
  return ANY.test(said) ? (MEANS.find(([, pattern]) => pattern.test(said))?.[0] ?? null) : null;
}

/** Those of pictures, and those that the end of the text names: that is where shops list them. */
export function paymentsOf(pictured: ReadonlySet<string>, text: string): string[] {
  const payments = new Set(pictured);
  const end = text.slice(-2_000);
  if (/\b(?:pay|zahl|pago|paiement|pagament|betal|płatno)/i.test(end)) {
    for (const [name, pattern] of MEANS) if (pattern.test(end)) payments.add(name);
  }
  return [...payments];
}
