import metadata from 'libphonenumber-js/min/metadata';

/** What valid numbers of a country look like, with expressions that are compiled once: the library does it each time. */
interface NumberPlan {
  /** Any number without its country code. */
  readonly whole: RegExp;
  /** What is left out where the country code stands before; null where nothing is. */
  readonly trunk: RegExp | null;
  /** First digits that are no other country's of the same code. */
  readonly leading: RegExp | null;
  /** Numbers of each kind, kept only where countries share a code; null elsewhere. */
  readonly kinds: readonly { readonly lengths: readonly number[]; readonly whole: RegExp }[] | null;
}

/** Where the library's metadata have what, as its METADATA.md says. */
const AT = { pattern: 2, lengths: 3, prefix: 5, parsedPrefix: 7, leading: 10, kinds: 11 } as const;
const LONGEST_CODE = 3;
/** Digits behind the country code that the library takes. */
const DIGITS = { least: 2, most: 17 } as const;

const whole = (source: string): RegExp => new RegExp(`^(?:${source})$`);
const start = (source: string): RegExp => new RegExp(`^(?:${source})`);

function compilePlan(row: readonly unknown[]): NumberPlan {
  const prefix = row[AT.parsedPrefix] || row[AT.prefix];
  const leading = row[AT.leading];
  const kinds = (row[AT.kinds] || []) as readonly ([pattern: string, lengths?: readonly number[]] | 0)[];
  const lengths = row[AT.lengths] as readonly number[];
  return {
    whole: whole(row[AT.pattern] as string),
    trunk: prefix ? start(prefix as string) : null,
    leading: leading ? start(leading as string) : null,
    kinds:
      kinds.length === 0
        ? null
        : kinds.flatMap((kind) =>
            kind && kind[0] ? [{ lengths: kind[1] || lengths, whole: whole(kind[0]) }] : [],
          ),
  };
}

/** Plans of a country code, the main country's first; compiled when a number with it is first met. */
const plansOfCode = new Map<string, readonly NumberPlan[]>();

function plansOf(code: string): readonly NumberPlan[] {
  let plans = plansOfCode.get(code);
  if (plans === undefined) {
    const countries = (metadata.country_calling_codes as Record<string, readonly string[]>)[code] ?? [];
    const rows = metadata.countries as Record<string, readonly unknown[]>;
    plans = countries.map((country) => compilePlan(rows[country] as readonly unknown[]));
    plansOfCode.set(code, plans);
  }
  return plans;
}

const ofSomeKind = ({ whole, kinds }: NumberPlan, digits: string): boolean =>
  kinds !== null &&
  whole.test(digits) &&
  kinds.some((kind) => kind.lengths.includes(digits.length) && kind.whole.test(digits));

const isValid = (plan: NumberPlan, digits: string): boolean =>
  plan.kinds === null ? plan.whole.test(digits) : ofSomeKind(plan, digits);

/** The plan of the country, of those that share a code, whose number it is; the main one where it is nobody's. */
const planOf = (plans: readonly NumberPlan[], digits: string): NumberPlan | undefined =>
  plans.length < 2
    ? plans[0]
    : (plans.find((plan) => (plan.leading === null ? ofSomeKind(plan, digits) : plan.leading.test(digits))) ??
      plans[0]);

/**
 * Whether a number that is `+` and digits is valid, as the library says; null where only the library itself can say:
 * codes of no country, and numbers in which a trunk prefix may stand behind the code.
 */
export function isValidNumber(number: string): boolean | null {
  for (let end = 2; end <= LONGEST_CODE + 1; end++) {
    const plans = plansOf(number.slice(1, end));
    const [main] = plans;
    if (main === undefined) continue;
    const digits = number.slice(end);
    if (digits.length < DIGITS.least || digits.length > DIGITS.most || main.trunk?.test(digits)) return null;
    const plan = planOf(plans, digits);
    return plan !== undefined && isValid(plan, digits);
  }
  return null;
}
