import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postFile, postJson } from './post-rest.ts';

/** Says what it was asked; refuses what stands under `refused`. */
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const isRefused = request.url?.endsWith('/refused') === true;
  const { method, url, headers } = request;
  response.writeHead(isRefused ? 422 : 200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify(
      isRefused
        ? { code: 'INVALID_INPUT', message: 'At most ten', field: 'leadIds' }
        : { method, url, type: headers['content-type'], body },
    ),
  );
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // The page's own address is what paths are relative to.
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(
    `http://127.0.0.1:${port}/`,
  );
});

afterAll(() => void server.close());

describe('posts by REST', () => {
  it('sends JSON as such', async () => {
    const asked = (await (await postJson('things', { a: 1 })).json()) as Record<string, string>;
    expect(asked).toMatchObject({ method: 'POST', url: '/api/v2/things', type: 'application/json' });
    expect(asked.body).toBe('{"a":1}');
  });

  it('sends fields before their file', async () => {
    const file = new File(['red\n'], 'colours.txt');
    const asked = (await (await postFile('lists', file, { name: 'Colours' })).json()) as { body: string };
    expect(asked.body.indexOf('name="name"')).toBeGreaterThan(0);
    expect(asked.body.indexOf('filename="colours.txt"')).toBeGreaterThan(asked.body.indexOf('Colours'));
  });

  it('throws what the API says', async () => {
    await expect(postJson('refused', {})).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'At most ten',
      field: 'leadIds',
    });
  });
});
