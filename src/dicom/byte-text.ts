/** A call takes only so many arguments. */
const lettersAtOnce = 4096;

/**
 * Each byte as the letter of its number, as UI, DS and other values of the default repertoire are written. Letter by letter it would leave
 * some ten kilobytes behind for each header.
 */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += lettersAtOnce) {
    text += String.fromCharCode.apply(null, bytes.subarray(from, from + lettersAtOnce) as unknown as number[]);
  }
  return text;
}
