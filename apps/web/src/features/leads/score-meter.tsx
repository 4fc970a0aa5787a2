/** A score with a bar, for the eye; readers hear the number. */
export function ScoreMeter({ score }: { score: number }) {
  return (
    <span className="flex w-10 shrink-0 flex-col items-start gap-1">
      <span className="text-base leading-none font-semibold">{score}</span>
      <span aria-hidden className="h-1 w-9 overflow-hidden rounded-full bg-line">
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${Math.min(100, Math.max(0, score))}%` }}
        />
      </span>
    </span>
  );
}
