import { lazyRouteComponent } from '@tanstack/react-router';
import { RestError } from './app-error.ts';

const ANSWER_TIMEOUT_MS = 5_000;

const answers = (): Promise<boolean> =>
  fetch('/api/v2/health/live', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).then(
    () => true,
    () => false,
  );

/**
 * Loads the module of a page. Where a server answers that does not have it, a newer version is installed, and the router
 * reloads the document. Where none answers, a reload would lose the app for the browser's own error page: it is said
 * instead, as `UNAVAILABLE`.
 */
async function loadPage<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (await answers()) throw error;
    throw new RestError({
      code: 'UNAVAILABLE',
      message: 'The server did not answer. The page is loaded as soon as it does.',
      field: null,
      details: null,
    });
  }
}

/** A page whose module is loaded when somebody goes there. `name`: what the module exports. */
export const lazyPage = <Module extends object, Name extends keyof Module & string>(
  load: () => Promise<Module>,
  name: Name,
) => lazyRouteComponent<Module, Name>(() => loadPage(load), name);
