import { describe, expect, it } from 'vitest';
import { readErrorResponse, toAppError } from './app-error.ts';

describe('toAppError', () => {
  it('reads the body that a tRPC error carries', () => {
    const error = Object.assign(new Error('short'), {
      data: {
        code: 'INVALID_INPUT',
        message: 'At least one TLD',
        field: 'input.pattern.tlds',
        httpStatus: 422,
      },
    });
    expect(toAppError(error)).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'At least one TLD',
      field: 'input.pattern.tlds',
    });
  });

  it('calls everything else a problem of the network', () => {
    expect(toAppError(new TypeError('Failed to fetch')).code).toBe('NETWORK');
    expect(toAppError({ code: 'SOMETHING_ELSE' }).code).toBe('NETWORK');
    expect(toAppError(null).code).toBe('NETWORK');
  });
});

describe('readErrorResponse', () => {
  it('reads what REST answers', async () => {
    const body = { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Only .txt', field: 'file' };
    expect(await readErrorResponse(Response.json(body, { status: 415 }))).toMatchObject(body);
  });

  it('says the status where there is no body of ours', async () => {
    const answer = await readErrorResponse(new Response('<html>', { status: 502 }));
    expect(answer).toMatchObject({ code: 'INTERNAL', message: 'The server answered with status 502.' });
  });
});
