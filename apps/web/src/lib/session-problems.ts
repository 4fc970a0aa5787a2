export type SessionProblem = 'UNAUTHENTICATED' | 'PASSWORD_CHANGE_REQUIRED';

let listener: ((problem: SessionProblem) => void) | null = null;

/** Where calls that the session does not allow are heard of; the router listens and shows the right page. */
export const sessionProblems = {
  report(problem: SessionProblem): void {
    listener?.(problem);
  },
  onReport(next: (problem: SessionProblem) => void): void {
    listener = next;
  },
};
