/**
 * SQL that is true of a domain (an expression of its lower-case name) which is suppressed, by itself or by a domain above
 * it: each is looked up by its hash. It joins nothing, and `OFFSET 0` keeps it from being joined.
 */
export const suppressedCondition = (name: string): string => `EXISTS (
  SELECT FROM suppressions WHERE digest = ANY (ARRAY(
    SELECT sha256(convert_to(array_to_string((string_to_array(${name}, '.'))[label:], '.'), 'UTF8'))
    FROM generate_series(1, cardinality(string_to_array(${name}, '.')) - 1) AS label)) OFFSET 0)`;
