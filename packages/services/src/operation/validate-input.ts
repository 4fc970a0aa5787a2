import { type DomainFlowError, invalidInput } from '@domainflow/domain/errors.ts';
import type { z } from 'zod';
import { droppedField } from './dropped-field.ts';

/** Deeper values than this are nobody's honest input, and recursion over them is a way to stop the process. */
const MAX_DEPTH = 64;
const MAX_ISSUES = 20;

const pathText = (path: readonly PropertyKey[]): string => path.map(String).join('.');

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Names that objects have of their own: what stores or sends data under them may refuse to, or change the object. */
const UNUSABLE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What no column can hold: NUL and half of a surrogate pair. Also keys that are not usable, and values nested without end. */
function findUnstorable(root: unknown): Problem | null {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: root, path: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string') {
      if (value.includes('\0')) return { path, message: 'Text cannot contain the character NUL (U+0000).' };
      if (!value.isWellFormed()) return { path, message: 'Text is not well-formed Unicode.' };
    } else if (typeof value === 'object' && value !== null) {
      if (depth === MAX_DEPTH) return { path, message: `Nested deeper than ${MAX_DEPTH} levels.` };
      for (const [key, child] of Object.entries(value)) {
        if (key.includes('\0') || !key.isWellFormed()) return { path, message: 'A key is not valid text.' };
        if (UNUSABLE_KEYS.has(key)) return { path, message: `"${key}" cannot be used as a name here.` };
        open.push({ value: child, path: path === '' ? key : `${path}.${key}`, depth: depth + 1 });
      }
    }
  }
  return null;
}

/** Issues of a union's branches say more than "Invalid input": take those of the branch that came closest. */
function flatten(issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[] = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const branches = issue.errors.map((branch) => flatten(branch, path));
      const closest = branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
      if (closest.length > 0) return closest;
    }
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: pathText([...path, key]),
        message: `Unknown field "${key}".`,
      }));
    }
    return [{ path: pathText(path), message: issue.message }];
  });
}

const refusal = (problems: readonly Problem[]): DomainFlowError => {
  const first = problems[0] ?? { path: '', message: 'The input is not valid.' };
  const message = first.path === '' ? first.message : `${first.path}: ${first.message}`;
  return invalidInput(message, first.path === '' ? null : first.path, {
    issues: problems.slice(0, MAX_ISSUES).map(({ path, message: text }) => ({
      field: path === '' ? null : path,
      message: text,
    })),
  });
};

/**
 * The input as its schema reads it; `INVALID_INPUT` names the first field at fault, and lists all of them in
 * `details.issues`. No input at all counts as an empty object.
 */
export function validateInput<T extends z.ZodType>(schema: T, rawInput: unknown): z.output<T> {
  const raw = rawInput ?? {};
  const unstorable = findUnstorable(raw);
  if (unstorable !== null) throw refusal([unstorable]);
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw refusal(flatten(parsed.error.issues));
  refuseUnread(raw, parsed.data);
  return parsed.data;
}

/** Below the input's own fields: to these a tRPC client adds some (`direction`), and REST looks at them itself. */
function refuseUnread(raw: unknown, read: unknown): void {
  for (const [field, value] of Object.entries(read as object)) {
    const below = droppedField((raw as Record<string, unknown>)[field], value);
    if (below !== null) throw refusal([{ path: `${field}.${below}`, message: 'There is no such field.' }]);
  }
}
