const PARENT_CHECK_MS = 500;

/**
 * Aborts when this process is asked to stop: Ctrl-C, SIGTERM, the terminal's end, or the death of the npm that
 * started it. A second signal ends it at once; the parts then see that their parent is gone.
 */
export function stopSignals(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  if (process.env.npm_lifecycle_event !== undefined) {
    const npm = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === npm) return;
      clearInterval(timer);
      if (!controller.signal.aborted) stop();
    }, PARENT_CHECK_MS);
    timer.unref();
  }
  return controller.signal;
}
