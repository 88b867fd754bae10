import type { Compression } from './codecs/frame-decoder.ts';

/** How the data set of a file is coded, as far as it is known. */
export interface TransferSyntax {
  readonly uid: string;
  /** The name of the standard, for messages. */
  readonly name: string;
  /** Whether its pixels can be read here. */
  readonly supported: boolean;
  /** How the header is coded; `unknown` = it must not be parsed, because nothing says how. */
  readonly header: 'implicit' | 'explicit' | 'big-endian' | 'unknown';
  /** Whether everything behind the meta information is deflated. */
  readonly deflated: boolean;
  /** How the pixels are compressed; null = not at all, or in a way that is not supported. */
  readonly compression: Compression | null;
  /** Whether the compression loses something: `possible` where the syntax allows both. */
  readonly loss: 'none' | 'possible' | 'certain';
}

/** The default transfer syntax of DICOM. */
export const implicitLittleEndian = '1.2.840.10008.1.2';
/** Explicit VR, uncompressed. */
export const explicitLittleEndian = '1.2.840.10008.1.2.1';

type Facts = readonly [name: string, compression: Compression | null, loss: TransferSyntax['loss']];

/** Syntaxes whose header is explicit little endian and whose pixels are compressed (PS3.6, table A-1). */
const compressed: Readonly<Record<string, Facts>> = {
  '1.2.840.10008.1.2.4.50': ['JPEG Baseline', 'jpeg', 'certain'],
  '1.2.840.10008.1.2.4.51': ['JPEG Extended', 'jpeg', 'certain'],
  '1.2.840.10008.1.2.4.53': ['JPEG Spectral Selection', 'jpeg', 'certain'],
  '1.2.840.10008.1.2.4.55': ['JPEG Full Progression', 'jpeg', 'certain'],
  '1.2.840.10008.1.2.4.57': ['JPEG Lossless', 'jpeg', 'none'],
  '1.2.840.10008.1.2.4.70': ['JPEG Lossless, First-Order Prediction', 'jpeg', 'none'],
  '1.2.840.10008.1.2.4.80': ['JPEG-LS Lossless', 'jpeg-ls', 'none'],
  '1.2.840.10008.1.2.4.81': ['JPEG-LS Near-Lossless', 'jpeg-ls', 'possible'],
  '1.2.840.10008.1.2.4.90': ['JPEG 2000 Lossless', 'jpeg-2000', 'none'],
  '1.2.840.10008.1.2.4.91': ['JPEG 2000', 'jpeg-2000', 'possible'],
  '1.2.840.10008.1.2.4.92': ['JPEG 2000 Part 2 Lossless', null, 'none'],
  '1.2.840.10008.1.2.4.93': ['JPEG 2000 Part 2', null, 'possible'],
  '1.2.840.10008.1.2.4.110': ['JPEG XL Lossless', null, 'none'],
  '1.2.840.10008.1.2.4.111': ['JPEG XL JPEG Recompression', null, 'certain'],
  '1.2.840.10008.1.2.4.112': ['JPEG XL', null, 'possible'],
  '1.2.840.10008.1.2.4.201': ['High-Throughput JPEG 2000 Lossless', 'ht-jpeg-2000', 'none'],
  '1.2.840.10008.1.2.4.202': ['High-Throughput JPEG 2000 RPCL Lossless', 'ht-jpeg-2000', 'none'],
  '1.2.840.10008.1.2.4.203': ['High-Throughput JPEG 2000', 'ht-jpeg-2000', 'possible'],
  '1.2.840.10008.1.2.5': ['RLE Lossless', 'rle', 'none'],
};

/** Syntaxes whose pixels are stored as they are. */
const uncompressed: Readonly<Record<string, Pick<TransferSyntax, 'name' | 'header' | 'deflated'>>> = {
  [implicitLittleEndian]: { name: 'Implicit VR Little Endian', header: 'implicit', deflated: false },
  [explicitLittleEndian]: { name: 'Explicit VR Little Endian', header: 'explicit', deflated: false },
  '1.2.840.10008.1.2.2': { name: 'Explicit VR Big Endian', header: 'big-endian', deflated: false },
  '1.2.840.10008.1.2.1.99': { name: 'Deflated Explicit VR Little Endian', header: 'explicit', deflated: true },
};

/** What is known of a transfer syntax; of an unknown one nothing is assumed, not even how its header is coded. */
export function transferSyntaxOf(uid: string): TransferSyntax {
  const plain = uncompressed[uid];
  if (plain !== undefined) return { uid, ...plain, supported: true, compression: null, loss: 'none' };
  const facts = compressed[uid];
  if (facts !== undefined) {
    const [name, compression, loss] = facts;
    return { uid, name, supported: compression !== null, header: 'explicit', deflated: false, compression, loss };
  }
  return {
    uid,
    name: 'unknown or private',
    supported: false,
    header: 'unknown',
    deflated: false,
    compression: null,
    loss: 'possible',
  };
}
