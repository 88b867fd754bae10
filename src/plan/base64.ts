const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const padding = 61;
const encoded = Uint8Array.from(digits, (digit) => digit.charCodeAt(0));
const decoded = new Int16Array(128).fill(-1);
for (let value = 0; value < 64; value += 1) decoded[encoded[value]!] = value;

/** Bytes as base64 with padding (RFC 4648, section 4). Written here because no such function exists in every host. */
export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let read = 0, write = 0; read < bytes.length; read += 3, write += 4) {
    const rest = bytes.length - read;
    const three = (bytes[read]! << 16) | ((rest > 1 ? bytes[read + 1]! : 0) << 8) | (rest > 2 ? bytes[read + 2]! : 0);
    text[write] = encoded[three >> 18]!;
    text[write + 1] = encoded[(three >> 12) & 63]!;
    text[write + 2] = rest > 1 ? encoded[(three >> 6) & 63]! : padding;
    text[write + 3] = rest > 2 ? encoded[three & 63]! : padding;
  }
  return new TextDecoder('utf-8').decode(text);
}

/** The bytes of canonical base64; null for anything else: foreign characters, missing padding, stray bits after the last byte. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const pads = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - pads);
  const count = text.length - pads;
  let bits = 0;
  let write = 0;
  for (let read = 0; read < count; read += 1) {
    const value = decoded[text.charCodeAt(read)] ?? -1;
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffffff;
    if (read % 4 === 3) {
      bytes[write++] = bits >> 16;
      bytes[write++] = (bits >> 8) & 255;
      bytes[write++] = bits & 255;
    }
  }
  if (pads === 2) {
    if ((bits & 15) !== 0) return null;
    bytes[write] = (bits >> 4) & 255;
  } else if (pads === 1) {
    if ((bits & 3) !== 0) return null;
    bytes[write++] = (bits >> 10) & 255;
    bytes[write] = (bits >> 2) & 255;
  }
  return bytes;
}
