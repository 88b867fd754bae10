/** How the data set of a file is coded, as far as it is known. */
export interface TransferSyntax {
  readonly uid: string;
  /** The name of the standard, for messages. */
  readonly name: string;
  /** Whether its pixels can be read here. */
  readonly supported: boolean;
  /** How the header is coded; `unknown` = it must not be parsed, because nothing says how. */
  readonly header: 'implicit' | 'explicit' | 'big-endian' | 'unknown';
}

/** The default transfer syntax of DICOM. */
export const implicitLittleEndian = '1.2.840.10008.1.2';
/** Explicit VR, uncompressed. */
export const explicitLittleEndian = '1.2.840.10008.1.2.1';

/** Syntaxes whose header is explicit little endian and whose pixels are compressed (PS3.6, table A-1). */
const compressed: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.4.50': 'JPEG Baseline',
  '1.2.840.10008.1.2.4.51': 'JPEG Extended',
  '1.2.840.10008.1.2.4.53': 'JPEG Spectral Selection',
  '1.2.840.10008.1.2.4.55': 'JPEG Full Progression',
  '1.2.840.10008.1.2.4.57': 'JPEG Lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG Lossless, First-Order Prediction',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS Lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS Near-Lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 Lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.92': 'JPEG 2000 Part 2 Lossless',
  '1.2.840.10008.1.2.4.93': 'JPEG 2000 Part 2',
  '1.2.840.10008.1.2.4.110': 'JPEG XL Lossless',
  '1.2.840.10008.1.2.4.111': 'JPEG XL JPEG Recompression',
  '1.2.840.10008.1.2.4.112': 'JPEG XL',
  '1.2.840.10008.1.2.4.201': 'High-Throughput JPEG 2000 Lossless',
  '1.2.840.10008.1.2.4.202': 'High-Throughput JPEG 2000 RPCL Lossless',
  '1.2.840.10008.1.2.4.203': 'High-Throughput JPEG 2000',
  '1.2.840.10008.1.2.5': 'RLE Lossless',
};

/** What is known of a transfer syntax: the two uncompressed little-endian ones are supported, everything else is only named. */
export function transferSyntaxOf(uid: string): TransferSyntax {
  if (uid === implicitLittleEndian) {
    return { uid, name: 'Implicit VR Little Endian', supported: true, header: 'implicit' };
  }
  if (uid === explicitLittleEndian) {
    return { uid, name: 'Explicit VR Little Endian', supported: true, header: 'explicit' };
  }
  if (uid === '1.2.840.10008.1.2.2') {
    return { uid, name: 'Explicit VR Big Endian', supported: false, header: 'big-endian' };
  }
  if (uid === '1.2.840.10008.1.2.1.99') {
    return { uid, name: 'Deflated Explicit VR Little Endian', supported: false, header: 'unknown' };
  }
  const name = compressed[uid];
  return name === undefined
    ? { uid, name: 'unknown or private', supported: false, header: 'unknown' }
    : { uid, name, supported: false, header: 'explicit' };
}
