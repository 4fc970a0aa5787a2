import type { Attributes } from './markup/tag-attributes.ts';
import type { FormPurpose } from './page-features.ts';

interface Form {
  action: string;
  role: string;
  email: boolean;
  password: boolean;
  message: boolean;
  card: boolean;
  search: boolean;
  fields: number;
}

/** Tells what the forms of a page are for, from their fields. Fields outside of any form count as one of their own. */
export class FormReader {
  private readonly seen = new Set<FormPurpose>();
  private form: Form = emptyForm();

  open(attributes: Attributes): void {
    this.close();
    this.form.action = (attributes.get('action') ?? '').slice(0, 300);
    this.form.role =
      `${attributes.get('role') ?? ''} ${attributes.get('class') ?? ''} ${attributes.get('id') ?? ''}`.slice(
        0,
        300,
      );
  }

  field(name: string, attributes: Attributes): void {
    const { form } = this;
    const type = (attributes.get('type') ?? 'text').toLowerCase();
    if (type === 'hidden' || type === 'submit' || type === 'button' || type === 'image') return;
    form.fields++;
    const called =
      `${attributes.get('name') ?? ''} ${attributes.get('id') ?? ''} ${attributes.get('autocomplete') ?? ''}`.slice(
        0,
        300,
      );
    if (type === 'password') form.password = true;
    else if (type === 'search' || /^(?:q|s|query|search|suche|keywords?)\s/i.test(called)) form.search = true;
    if (type === 'email' || /e-?mail/i.test(called)) form.email = true;
    if (name === 'textarea') form.message = true;
    if (/cc-(?:number|exp|csc)|card-?number|cardnumber|\biban\b/i.test(called)) form.card = true;
  }

  close(): void {
    if (this.form.fields > 0) this.seen.add(purposeOf(this.form));
    this.form = emptyForm();
  }

  purposes(): FormPurpose[] {
    return [...this.seen];
  }
}

const emptyForm = (): Form => ({
  action: '',
  role: '',
  email: false,
  password: false,
  message: false,
  card: false,
  search: false,
  fields: 0,
});

function purposeOf(form: Form): FormPurpose {
  if (form.card) return 'payment';
  if (form.password) return 'login';
  if (form.message) return 'contact';
  if (form.search || /search|suche/i.test(form.role)) return 'search';
  if (form.email) return form.fields <= 3 ? 'newsletter' : 'contact';
  return 'other';
}
