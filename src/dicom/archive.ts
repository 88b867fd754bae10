import { Inflate } from 'fflate';
import { failure, success } from '../volume/index.ts';
import type { Outcome } from '../volume/index.ts';

/** Reads bytes of a file at an offset; answers with fewer only at the end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** A file inside a ZIP archive. */
export interface ArchiveMember {
  /** The name as the archive has it. It only names: nothing is ever written under it. */
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  /** 0 = stored, 8 = deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly isEncrypted: boolean;
  /** Where its local header begins. */
  readonly headerAt: number;
}

const endBytes = 22;
const longestComment = 65_535;
const largestDirectory = 256 * 1024 * 1024;
/** No DICOM object that fits into memory here is larger; deflate can claim a thousand times its own length. */
export const largestMember = 2 ** 31 - 1;

/** Whether a file begins like a ZIP archive. */
export function isArchive(start: Uint8Array): boolean {
  const [a, b, c, d] = start;
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const broken = (why: string) => failure('archive_broken', `The ZIP archive can not be read: ${why}. Copy it again.`);

/**
 * Lists an archive from its central directory (also ZIP64); failure `archive_broken`. Archives inside it are members like others and are
 * not looked into.
 */
export async function listArchive(readAt: ReadAt, size: number): Promise<Outcome<readonly ArchiveMember[]>> {
  const tailAt = Math.max(0, size - endBytes - longestComment);
  const tail = await readAt(tailAt, size - tailAt);
  const view = viewOf(tail);
  let end = tail.length - endBytes;
  while (end >= 0 && view.getUint32(end, true) !== 0x0605_4b50) end--;
  if (end < 0) return broken('its directory is missing, so it was cut short or is no archive');
  let count = view.getUint16(end + 10, true);
  let length = view.getUint32(end + 12, true);
  let start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffff_ffff || length === 0xffff_ffff) {
    const locator = end - 20;
    if (locator < 0 || view.getUint32(locator, true) !== 0x0706_4b50) return broken('its ZIP64 directory is missing');
    const long = await readAt(Number(view.getBigUint64(locator + 8, true)), 56);
    if (long.length < 56 || viewOf(long).getUint32(0, true) !== 0x0606_4b50)
      return broken('its ZIP64 directory is missing');
    count = Number(viewOf(long).getBigUint64(32, true));
    length = Number(viewOf(long).getBigUint64(40, true));
    start = Number(viewOf(long).getBigUint64(48, true));
  }
  if (length > largestDirectory || start + length > size) return broken('its directory lies outside of it');
  const directory = await readAt(start, length);
  return directory.length < length ? broken('it ends in its directory') : listDirectory(directory, count);
}

function listDirectory(directory: Uint8Array, count: number): Outcome<readonly ArchiveMember[]> {
  const view = viewOf(directory);
  const members: ArchiveMember[] = [];
  let at = 0;
  for (let number = 0; number < count; number++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== 0x0201_4b50) {
      return broken(`entry ${number + 1} of ${count} in its directory is damaged`);
    }
    const flags = view.getUint16(at + 8, true);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const nameEnd = at + 46 + nameLength!;
    const next = nameEnd + extraLength! + commentLength!;
    if (next > directory.length) return broken(`entry ${number + 1} of ${count} in its directory is damaged`);
    // Old archivers write names in the code page of their machine: a name that is no UTF-8 still tells files apart.
    const name = new TextDecoder('utf-8').decode(new Uint8Array(directory.subarray(at + 46, nameEnd)));
    const long = longFields(view, at, nameEnd, nameEnd + extraLength!);
    const member = {
      name,
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      isEncrypted: (flags & 1) !== 0,
      ...long,
    };
    const isFolder = name.endsWith('/') || name.endsWith('\\');
    // A member that can not be read is listed all the same: it could have been a slice, and reading it says what is wrong.
    if (!isFolder) members.push(member);
    at = next;
  }
  return success(withOwnNames(members));
}

/** Archives may hold a name twice; here each name is one file. */
function withOwnNames(members: readonly ArchiveMember[]): readonly ArchiveMember[] {
  const seen = new Set<string>();
  return members.map((member) => {
    let name = member.name;
    for (let number = 2; seen.has(name); number++) name = `${member.name} (${number})`;
    seen.add(name);
    return { ...member, name };
  });
}

/** Sizes and place of an entry; what does not fit 32 bits stands in the extra field 1. */
function longFields(
  view: DataView,
  at: number,
  extraAt: number,
  extraEnd: number,
): Pick<ArchiveMember, 'size' | 'compressedSize' | 'headerAt'> {
  const short = { size: view.getUint32(at + 24, true), compressedSize: view.getUint32(at + 20, true) };
  const fields = { ...short, headerAt: view.getUint32(at + 42, true) };
  for (let extra = extraAt; extra + 4 <= extraEnd;) {
    const length = view.getUint16(extra + 2, true);
    if (view.getUint16(extra, true) === 1) {
      let value = extra + 4;
      for (const name of ['size', 'compressedSize', 'headerAt'] as const) {
        if (fields[name] !== 0xffff_ffff || value + 8 > Math.min(extraEnd, extra + 4 + length)) continue;
        fields[name] = Number(view.getBigUint64(value, true));
        value += 8;
      }
    }
    extra += 4 + length;
  }
  return fields;
}

const chunkBytes = 262_144;
/** Deflate makes nothing more than this many times smaller. */
const deflateLimit = 1032;

/**
 * The bytes of a member, or only its first `limit`. A whole member is checked against its length and CRC-32; failures
 * `archive_member_broken` name it.
 */
export async function readMember(
  readAt: ReadAt,
  member: ArchiveMember,
  limit: number | null = null,
): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
  const damaged = (why: string) =>
    failure(
      'archive_member_broken',
      `${member.name} in the ZIP archive can not be read: ${why}. Copy the archive again.`,
    );
  const packed = (how: string) =>
    failure(
      'archive_member_broken',
      `${member.name} in the ZIP archive is ${how}. Unpack the archive and open its folder.`,
    );
  if (member.isEncrypted) return packed('encrypted');
  if (member.method !== 0 && member.method !== 8)
    return packed(`compressed in a way (${member.method}) that is not read`);
  if (member.size > largestMember || member.size > member.compressedSize * deflateLimit + 64) {
    return damaged('its length can not be right');
  }
  const head = await readAt(member.headerAt, 30);
  if (head.length < 30 || viewOf(head).getUint32(0, true) !== 0x0403_4b50)
    return damaged('it is not where it should be');
  const dataAt = member.headerAt + 30 + viewOf(head).getUint16(26, true) + viewOf(head).getUint16(28, true);
  const wanted = Math.min(member.size, limit ?? member.size);
  const bytes = new Uint8Array(wanted);
  let filled = 0;
  let produced = 0;
  const take = (part: Uint8Array): void => {
    const fitting = part.subarray(0, wanted - filled);
    bytes.set(fitting, filled);
    filled += fitting.length;
    produced += part.length;
  };
  try {
    const inflate = member.method === 8 ? new Inflate(take) : null;
    const isEnough = (): boolean => (limit === null ? produced > member.size : filled >= wanted);
    for (let at = 0; at < member.compressedSize && !isEnough(); at += chunkBytes) {
      const length = Math.min(chunkBytes, member.compressedSize - at);
      const chunk = await readAt(dataAt + at, length);
      if (chunk.length < length) return damaged('the archive ends before it does');
      if (inflate === null) take(chunk);
      else inflate.push(chunk, at + length >= member.compressedSize);
    }
  } catch {
    return damaged('its compressed data are damaged');
  }
  if (filled < wanted) return damaged('it is shorter than the archive says');
  if (limit !== null && limit < member.size) return success(bytes);
  if (produced !== member.size) return damaged('it is longer than the archive says');
  return crc32(bytes) === member.crc32 ? success(bytes) : damaged('its checksum does not fit');
}

/** Eight tables, so that eight bytes are taken at a time: a checksum should not cost more than the inflation. */
const tables = Array.from({ length: 8 }, () => new Int32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1;
  tables[0]![byte] = value;
}
for (let table = 1; table < 8; table++) {
  for (let byte = 0; byte < 256; byte++) {
    const before = tables[table - 1]![byte]!;
    tables[table]![byte] = (before >>> 8) ^ tables[0]![before & 255]!;
  }
}

/** The CRC-32 of ZIP and PNG. */
function crc32(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
  let value = -1;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    value ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    value =
      t7![value & 255]! ^
      t6![(value >>> 8) & 255]! ^
      t5![(value >>> 16) & 255]! ^
      t4![value >>> 24]! ^
      t3![bytes[at + 4]!]! ^
      t2![bytes[at + 5]!]! ^
      t1![bytes[at + 6]!]! ^
      t0![bytes[at + 7]!]!;
  }
  for (; at < bytes.length; at++) value = t0![(value ^ bytes[at]!) & 255]! ^ (value >>> 8);
  return ~value >>> 0;
}
