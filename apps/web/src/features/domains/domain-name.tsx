import { unicodeNameOf } from '@domainflow/domain/domain-name/unicode-name.ts';

/**
 * A name as people read it. Beside one in other letters stands the name that DNS knows: two names that look the same
 * differ there.
 */
export function DomainName({ name }: { name: string }) {
  const unicode = unicodeNameOf(name);
  if (unicode === null) return name;
  return (
    <>
      <bdi>{unicode}</bdi> <span className="text-xs font-normal text-ink-faint">{name}</span>
    </>
  );
}
