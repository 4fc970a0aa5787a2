const PARENT_CHECK_MS = 500;
/** Ctrl-C under npm comes twice: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 1_000;

/**
 * Aborts when this process is asked to stop: Ctrl-C, SIGTERM, the terminal's end, or the death of the npm that
 * started it. A second signal ends it at once; the parts then see that their parent is gone.
 */
export function stopSignals(): AbortSignal {
  const controller = new AbortController();
  let askedAt = Number.NEGATIVE_INFINITY;
  const stop = () => {
    if (!controller.signal.aborted) {
      askedAt = performance.now();
      controller.abort();
    } else if (performance.now() - askedAt > SAME_SIGNAL_MS) {
      process.exit(130);
    }
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
