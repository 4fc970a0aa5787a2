/** Time that one piece of work may take of the event loop before others get their turn. */
const SLICE_MS = 15;

/** Runs work that yields every so often: between two pieces others get their turn. Gives what the work gives. */
export async function inSlices<T>(work: Iterator<unknown, T>): Promise<T> {
  let sinceMs = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - sinceMs < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    sinceMs = performance.now();
  }
}
