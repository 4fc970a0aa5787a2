/** What a forecast goes by; all of it measured or set by a person, nothing assumed here. */
export interface ForecastLimits {
  /** Share of the offsets that give a name, from 0 to 1 (`previewPattern` estimates it). */
  readonly namesShare: number;
  /** Names that generation commits a second. */
  readonly namesPerSecond: number;
  /** Null: the names are only generated. */
  readonly dns: {
    /** Record types that are asked for a name that exists; one that does not exist is asked for one. */
    readonly recordTypes: number;
    /** Queries a second that all resolvers together take and the workers send. */
    readonly queriesPerSecond: number;
    /** Share of the names that exist, from 0 to 1. */
    readonly expectedYield: number;
    /** Share of the queries that are sent once more, of 0 where none is lost. */
    readonly retryShare: number;
  } | null;
  /** Bytes that PostgreSQL keeps for a row, its share of the indexes included. */
  readonly bytes: {
    readonly name: number;
    /** Of a result for a name that exists, with its evidence. */
    readonly found: number;
    /** Of a result for a name that does not. */
    readonly absent: number;
  };
}

export interface Forecast {
  readonly names: bigint;
  readonly queries: bigint;
  /** Names that will be found to exist. */
  readonly found: bigint;
  readonly hours: number;
  readonly diskBytes: bigint;
}

/** Parts in which shares are counted, so that products with integers of any size stay integers. */
const PARTS = 1_000_000_000;

/** `amount` × `factor`, to the nearest integer. */
const times = (amount: bigint, factor: number): bigint =>
  (amount * BigInt(Math.round(factor * PARTS)) + BigInt(PARTS / 2)) / BigInt(PARTS);

const hoursOf = (amount: bigint, perSecond: number): number => Number(amount) / perSecond / 3_600;

/** `RangeError` where a figure is none that can be forecast with. */
function check({ namesShare, namesPerSecond, dns, bytes }: ForecastLimits): void {
  const shares = [namesShare, dns?.expectedYield ?? 0];
  const rates = [namesPerSecond, dns?.queriesPerSecond ?? 1];
  const amounts = [dns?.recordTypes ?? 1, dns?.retryShare ?? 0, bytes.name, bytes.found, bytes.absent];
  if (shares.some((share) => !(share >= 0 && share <= 1))) throw new RangeError('A share is from 0 to 1');
  if (rates.some((rate) => !(rate > 0 && Number.isFinite(rate)))) throw new RangeError('A rate is above 0');
  if (amounts.some((amount) => !(amount >= 0 && Number.isFinite(amount))))
    throw new RangeError('An amount is not below 0');
}

/**
 * What a campaign that takes `offsets` offsets will cost: names, DNS queries, hours, bytes of disk. Queries are names × (1 +
 * yield × (record types − 1)) × (1 + retries), because a name that does not exist is not asked for more. The phases run one
 * after the other, so their hours add up. Exact for any size, as far as its limits are.
 */
export function forecast(offsets: bigint, limits: ForecastLimits): Forecast {
  check(limits);
  const { namesShare, namesPerSecond, dns, bytes } = limits;
  const names = times(offsets, namesShare);
  const generationHours = hoursOf(names, namesPerSecond);
  const nameBytes = times(names, bytes.name);
  if (dns === null) {
    return { names, queries: 0n, found: 0n, hours: generationHours, diskBytes: nameBytes };
  }
  const found = times(names, dns.expectedYield);
  const asked = names + times(found, Math.max(0, dns.recordTypes - 1));
  const queries = asked + times(asked, dns.retryShare);
  return {
    names,
    queries,
    found,
    hours: generationHours + hoursOf(queries, dns.queriesPerSecond),
    diskBytes: nameBytes + times(found, bytes.found) + times(names - found, bytes.absent),
  };
}
