/** The mark and the name. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 text-base font-semibold tracking-tight">
      <img src="/favicon.svg" alt="" className="size-6" />
      DomainFlow
    </span>
  );
}
