import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Loaded, LoadedList } from './loaded.tsx';

const refetch = () => Promise.resolve();
const FAILED = { code: 'UNAVAILABLE', message: 'The database is away' };

describe('what a call gives', () => {
  let root: Root;
  let place: HTMLElement;
  const shown = () => place.textContent ?? '';
  const show = (query: { data: string | undefined; error: unknown }) =>
    act(() =>
      root.render(
        <Loaded query={{ ...query, refetch }} what="campaigns" skeleton={<p>wait</p>}>
          {(data) => <p>{data}</p>}
        </Loaded>,
      ),
    );

  beforeEach(() => {
    (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
    place = document.createElement('div');
    root = createRoot(place);
  });
  afterEach(() => act(() => root.unmount()));

  it('is waited for, and then there', () => {
    show({ data: undefined, error: null });
    expect(shown()).toBe('wait');
    show({ data: 'all of them', error: null });
    expect(shown()).toBe('all of them');
  });

  it('says why it failed, with nothing to wait for', () => {
    show({ data: undefined, error: FAILED });
    expect(shown()).toContain('The campaigns could not be loaded');
    expect(shown()).toContain('The database is away');
    expect(shown()).not.toContain('wait');
  });

  it('that is not there is not asked for again, whatever its id looks like', () => {
    for (const error of [
      { code: 'NOT_FOUND', message: 'No campaign with id 1.', field: null },
      { code: 'INVALID_INPUT', message: 'id: Invalid UUID', field: 'id' },
    ]) {
      show({ data: undefined, error });
      expect(shown()).toContain('There is no such campaign');
      expect(shown()).not.toContain('Try again');
      expect(shown()).not.toContain('UUID');
    }
  });

  it('stays in sight where only a later call fails', () => {
    show({ data: 'all of them', error: FAILED });
    expect(shown()).toContain('What you see may be out of date');
    expect(shown()).toContain('all of them');
  });

  it('is called empty only once it is there', () => {
    const list = (data: unknown) =>
      act(() =>
        root.render(
          <LoadedList
            query={{ data, error: null, refetch }}
            what="leads"
            isEmpty
            empty="none"
            skeleton="wait"
          >
            rows
          </LoadedList>,
        ),
      );
    list(undefined);
    expect(shown()).toBe('wait');
    list([]);
    expect(shown()).toBe('none');
  });
});
