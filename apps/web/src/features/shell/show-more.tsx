import { Button } from '@domainflow/ui/primitives/button.tsx';

interface ShowMoreProps {
  list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  className?: string;
}

/** Asks for the next page of a list, where there is one. */
export function ShowMore({ list, className }: ShowMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <Button
      size="sm"
      busy={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
      {...(className === undefined ? {} : { className })}
    >
      Show more
    </Button>
  );
}
