/** What the work gives; `late` where it takes longer than `ms`. The work itself goes on. */
export async function within<T, L>(ms: number, work: PromiseLike<T>, late: L): Promise<T | L> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<L>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
