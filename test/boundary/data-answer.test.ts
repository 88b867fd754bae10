import { expect, test } from 'vitest';
import { answerOf } from '../../src/boundary/index.ts';
import { failure, success } from '../../src/volume/index.ts';

const gone = failure('host_gone', 'Nobody answers.');
const answer = (ok: boolean, body: () => Promise<unknown>) => ({ ok, json: body });

test('an answer of the data plane is what was asked for, or a trouble in the best words there are', async () => {
  const good = answer(true, () => Promise.resolve(7));
  expect(await answerOf(Promise.resolve(good), gone)).toEqual(success(good));
  const told = answer(false, () => Promise.resolve({ code: 'no_grant', message: 'Open the folder again.' }));
  expect(await answerOf(Promise.resolve(told), gone)).toEqual(failure('no_grant', 'Open the folder again.'));
  const garbled = answer(false, () => Promise.reject(new SyntaxError('no JSON')));
  expect(await answerOf(Promise.resolve(garbled), gone)).toEqual(gone);
  expect(await answerOf(Promise.reject(new TypeError('Failed to fetch')), gone)).toEqual(gone);
});
