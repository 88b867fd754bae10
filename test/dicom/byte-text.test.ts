import fc from 'fast-check';
import { expect, it } from 'vitest';
import { byteText } from '../../src/dicom/byte-text.ts';

it('Bytes are read as the letters of their numbers, however many there are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 9000, size: 'max' }), (bytes) => {
      expect(byteText(bytes)).toBe(Buffer.from(bytes).toString('latin1'));
    }),
    { seed: 90, numRuns: 40 },
  );
  expect(byteText(new Uint8Array(300_000).fill(65))).toBe('A'.repeat(300_000));
});
