import { config } from 'zod/v4/core';

type Issue = Parameters<NonNullable<NonNullable<Parameters<typeof config>[0]>['customError']>>[0];

/** What a form says where its schema has no words of its own. */
export function formMessage(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? 'A number is needed' : undefined;
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'Needed' : `At least ${issue.minimum} characters`;
      return issue.origin === 'array' ? `At least ${issue.minimum}` : `Not below ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? `At most ${issue.maximum} characters` : `At most ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** zod would otherwise compile validators, which the content security policy forbids and reports. */
export function configureZod(): void {
  config({ jitless: true, customError: formMessage });
}
