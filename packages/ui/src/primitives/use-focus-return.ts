import { useRef } from 'react';

/**
 * The focus goes back to where it was when an overlay opened. Radix gives it to the overlay's trigger alone, and ours have
 * none: they are opened by rows, menus and addresses.
 */
export function useFocusReturn() {
  const from = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      from.current = document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      if (!(from.current instanceof HTMLElement) || !from.current.isConnected) return;
      event.preventDefault();
      from.current.focus({ preventScroll: true });
    },
  };
}
