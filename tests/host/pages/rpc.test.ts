import { Rpc } from './client/rpc';

/** Two sides whose messages go through structured clone, as postMessage does: a function would throw on the way. */
function pair(handle: (command: string, payload: unknown) => unknown): { near: Rpc; far: Rpc } {
  const far: Rpc = new Rpc((message) => queueMicrotask(() => near.receive(structuredClone(message))), handle);
  const near: Rpc = new Rpc(
    (message) => queueMicrotask(() => far.receive(structuredClone(message))),
    () => undefined,
  );
  return { near, far };
}

const isRun = (value: unknown): value is (...given: unknown[]) => Promise<unknown> => typeof value === 'function';

describe('calls between page and frame', () => {
  test.each([
    ['text', 'a'],
    ['nothing', undefined],
    ['a list', [1, 'b', null]],
    ['an object', { a: { b: [1] } }],
    ['bytes', new Uint8Array([1, 2])],
    ['data that looks like a function', { $function: 0 }],
    ['data that looks wrapped', { $plain: { $function: 1 } }],
  ])('%s comes back as it went', async (_name, value) => {
    const { near } = pair((_command, payload) => payload);
    expect(await near.call('echo', value)).toEqual(value);
  });

  test('functions go both ways', async () => {
    const { near } = pair((_command, payload) => {
      const callback = (payload as { callback: unknown }).callback;
      return { twice: async (word: unknown) => (isRun(callback) ? `${String(await callback(word))}!` : 'no function') };
    });
    const answer = (await near.call('on', { callback: (word: string) => word.toUpperCase() })) as { twice: unknown };
    expect(isRun(answer.twice) && (await answer.twice('hi'))).toBe('HI!');
  });

  test('an error keeps its name and words', async () => {
    const { near } = pair(() => {
      throw Object.assign(new Error('Only administrators.'), { name: 'Refused' });
    });
    await expect(near.call('x')).rejects.toMatchObject({ name: 'Refused', message: 'Only administrators.' });
  });

  test('a closed side tells whoever waits', async () => {
    const { near } = pair(() => new Promise(() => undefined));
    const waiting = near.call('never');
    near.close();
    await expect(waiting).rejects.toThrow('The frame was closed.');
    await expect(near.call('later')).rejects.toThrow('The frame was closed.');
  });

  test.each([[null], ['text'], [{ bridge: 2, id: 1, kind: 'call' }], [{ bridge: 1, kind: 'answer', id: 99 }]])(
    'a message that is none of ours changes nothing: %j',
    (message) => {
      const handle = jest.fn();
      const rpc = new Rpc(jest.fn(), handle);
      rpc.receive(message);
      expect(handle).not.toHaveBeenCalled();
    },
  );
});
