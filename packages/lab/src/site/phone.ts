import type { Dice } from '../hash.ts';
import type { LabCountry } from './locale.ts';

/** One telephone number in the forms in which pages write it. */
export interface PhoneNumber {
  e164: string;
  national: string;
  international: string;
}

/** How a country's fixed numbers look: `#` is any digit, `+` one of 2 to 9; the trunk prefix is written in front. */
interface NumberPlan {
  code: string;
  trunk: string;
  areas: readonly string[];
  subscriber: string;
  /** Writes area and subscriber number nationally, the trunk prefix included in the area. */
  national: (area: string, subscriber: string) => string;
}

const spaced = (area: string, subscriber: string): string => `${area} ${subscriber}`;
const bracketed = (area: string, subscriber: string): string => `(${area}) ${subscriber}`;
const hyphened = (area: string, subscriber: string): string => `${area}-${subscriber}`;

const plans: Record<LabCountry, NumberPlan> = {
  US: {
    code: '1',
    trunk: '',
    areas: ['212', '312', '206', '512'],
    subscriber: '+##-####',
    national: bracketed,
  },
  GB: { code: '44', trunk: '0', areas: ['20'], subscriber: '7946 ####', national: spaced },
  DE: {
    code: '49',
    trunk: '0',
    areas: ['30', '40', '89', '221'],
    subscriber: '+## ####',
    national: hyphened,
  },
  FR: { code: '33', trunk: '0', areas: ['1'], subscriber: '4+ ## ## ##', national: spaced },
  ES: { code: '34', trunk: '', areas: ['91', '95'], subscriber: '4 ## ## ##', national: spaced },
  IT: { code: '39', trunk: '', areas: ['02', '06'], subscriber: '+##### ##', national: spaced },
  NL: { code: '31', trunk: '0', areas: ['20', '30'], subscriber: '+## ####', national: hyphened },
  BR: { code: '55', trunk: '', areas: ['11', '19'], subscriber: '3###-####', national: bracketed },
  PL: { code: '48', trunk: '', areas: ['22', '12'], subscriber: '6## ## ##', national: spaced },
  JP: { code: '81', trunk: '0', areas: ['3'], subscriber: '5###-####', national: hyphened },
};

/** Draws a valid fixed-line number of a country. */
export function drawPhone(country: LabCountry, dice: Dice): PhoneNumber {
  const plan = plans[country];
  const area = dice.pick(plan.areas);
  const subscriber = plan.subscriber.replace(/[#+]/g, (place) =>
    String(place === '#' ? dice.between(0, 9) : dice.between(2, 9)),
  );
  return {
    e164: `+${plan.code}${area}${subscriber.replace(/\D/g, '')}`,
    national: plan.national(plan.trunk + area, subscriber),
    international: `+${plan.code} ${area} ${subscriber}`,
  };
}
