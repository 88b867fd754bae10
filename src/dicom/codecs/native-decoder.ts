import { failure, success } from '../../volume/index.ts';
import type { Outcome } from '../../volume/index.ts';
import type { Compression, FrameDecoder, FrameShape } from './frame-decoder.ts';
import { decodeRle } from './rle.ts';
import { streamFacts } from './stream-facts.ts';
import type { StreamFacts } from './stream-facts.ts';

/** The functions of dcmjs-native-codecs.wasm that are used; a context or parameters are addresses in its memory. */
interface NativeExports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly CreateCodecsContext: () => number;
  readonly ReleaseCodecsContext: (context: number) => void;
  readonly CreateDecoderParameters: () => number;
  readonly ReleaseDecoderParameters: (parameters: number) => void;
  readonly SetConvertColorspaceToRgb: (parameters: number, convert: number) => void;
  readonly SetColumns: (context: number, columns: number) => void;
  readonly SetRows: (context: number, rows: number) => void;
  readonly SetBitsAllocated: (context: number, bits: number) => void;
  readonly SetBitsStored: (context: number, bits: number) => void;
  readonly SetSamplesPerPixel: (context: number, samples: number) => void;
  readonly SetPixelRepresentation: (context: number, representation: number) => void;
  readonly SetPlanarConfiguration: (context: number, configuration: number) => void;
  readonly SetPhotometricInterpretation: (context: number, interpretation: number) => void;
  readonly SetEncodedBufferSize: (context: number, bytes: number) => void;
  readonly GetEncodedBuffer: (context: number) => number;
  readonly GetDecodedBuffer: (context: number) => number;
  readonly GetDecodedBufferSize: (context: number) => number;
  readonly DecodeJpeg: (context: number, parameters: number) => void;
  readonly DecodeJpegLs: (context: number, parameters: number) => void;
  readonly DecodeJpeg2000: (context: number, parameters: number) => void;
  readonly DecodeHtJpeg2000: (context: number, parameters: number) => void;
}

const functions = {
  jpeg: 'DecodeJpeg',
  'jpeg-ls': 'DecodeJpegLs',
  'jpeg-2000': 'DecodeJpeg2000',
  'ht-jpeg-2000': 'DecodeHtJpeg2000',
} as const;
/** MONOCHROME2 in the enumeration of the native code. */
const monochrome = 1;
/** Where the native decoders say that they made something up for missing or broken data. Their other messages are chatter. */
const invented = /corrupt|premature|inconsistent|invalid|bogus|warning::|::error|truncated|unexpected/i;

interface Native {
  readonly exports: NativeExports;
  /** What the native code complained about since the last call. */
  readonly complaints: string[];
}

/**
 * The decoder of all compressed syntaxes, from the bytes of dcmjs-native-codecs.wasm (package dcmjs-codecs), which the host reads (a
 * file, a fetch). The package's own script is left out: it loads by `eval`, which a strict content security policy forbids. The module
 * is compiled at the first frame; after a failure the next frame gets a fresh instance, since the native code leaves its memory as it was.
 */
export function createFrameDecoder(wasm: ArrayBuffer | ArrayBufferView): FrameDecoder {
  let compiled: WebAssembly.Module | null = null;
  let native: Native | null = null;
  return {
    decode: (compression, stream, shape) => {
      if (compression === 'rle') return decodeRle(stream, shape);
      const facts = streamFacts(compression, stream);
      if (!facts.ok) return facts;
      const difference = disagreement(facts.value, shape);
      if (difference !== null) return failure('pixels_undecodable', difference);
      compiled ??= new WebAssembly.Module(wasm);
      native ??= instantiate(compiled);
      try {
        const samples = run(native, compression, facts.value);
        if (samples.ok) return success(asAllocated(samples.value, shape));
        native = null;
        return samples;
      } catch (reason) {
        native = null;
        return failure('pixels_undecodable', String(reason).replace(/^Error: /, ''));
      }
    },
  };
}

/** How the stream contradicts the header, which decoders would gloss over; null when they agree. */
function disagreement(facts: StreamFacts, shape: FrameShape): string | null {
  const { columns, rows, components, precision, signed } = facts;
  if (columns !== shape.columns || rows !== shape.rows) {
    return `its compressed image has ${columns} × ${rows} pixels, the header says ${shape.columns} × ${shape.rows}`;
  }
  if (components !== 1) return `its compressed image has ${components} colours, the header says one`;
  if (precision > shape.bitsAllocated || precision > 16 || precision < 2) {
    return `its compressed image has ${precision} bits, the header says ${shape.bitsStored} of ${shape.bitsAllocated}`;
  }
  if (precision < shape.bitsStored && shape.signed) {
    return `its compressed image has ${precision} bits, too few for the sign of ${shape.bitsStored} bits`;
  }
  return signed && !shape.signed ? 'its compressed image is signed, the header says unsigned' : null;
}

function instantiate(module: WebAssembly.Module): Native {
  const complaints: string[] = [];
  // Assigned below: the imports are needed before the memory exists.
  let memory: WebAssembly.Memory | null = null;
  const text = (at: number, length: number): string => {
    return String.fromCharCode(...new Uint8Array(memory!.buffer, at, Math.min(length, 400)));
  };
  const nothing = (): number => 0;
  const instance = new WebAssembly.Instance(module, {
    env: {
      onCodecsException: (at: number, length: number) => {
        throw new Error(text(at, length));
      },
      onCodecsInfo: (at: number, length: number) => {
        const said = text(at, length);
        if (invented.test(said)) complaints.push(said);
      },
      onCodecsTrace: nothing,
      emscripten_notify_memory_growth: nothing,
    },
    wasi_snapshot_preview1: {
      proc_exit: (code: number) => {
        throw new Error(`the decoder stopped with ${code}`);
      },
      // No decoder needs the time; a fixed one keeps decoding reproducible.
      clock_time_get: (_clock: number, _precision: bigint, result: number) => {
        new DataView(memory!.buffer).setBigUint64(result, 0n, true);
        return 0;
      },
      fd_write: (_file: number, vectors: number, count: number, written: number) => {
        const view = new DataView(memory!.buffer);
        let total = 0;
        for (let index = 0; index < count; index++) {
          const length = view.getUint32(vectors + 8 * index + 4, true);
          const said = text(view.getUint32(vectors + 8 * index, true), length).trim();
          if (said !== '') complaints.push(said);
          total += length;
        }
        view.setUint32(written, total, true);
        return 0;
      },
      fd_close: nothing,
      fd_seek: nothing,
      environ_get: nothing,
      environ_sizes_get: (count: number, size: number) => {
        const view = new DataView(memory!.buffer);
        view.setUint32(count, 0, true);
        view.setUint32(size, 0, true);
        return 0;
      },
    },
  });
  const exports = instance.exports as unknown as NativeExports;
  memory = exports.memory;
  exports._initialize();
  return { exports, complaints };
}

/** Decodes into samples of one byte (precision up to 8) or two; the copy leaves the native memory at once. */
function run(
  { exports, complaints }: Native,
  compression: Exclude<Compression, 'rle'>,
  facts: StreamFacts,
): Outcome<Uint8Array | Uint16Array> {
  // The HTJ2K decoder cuts negative values of 8 bits off at 0: it is asked for words.
  const bytesEach = facts.precision <= 8 && compression !== 'ht-jpeg-2000' ? 1 : 2;
  const context = exports.CreateCodecsContext();
  const parameters = exports.CreateDecoderParameters();
  exports.SetConvertColorspaceToRgb(parameters, 0);
  exports.SetColumns(context, facts.columns);
  exports.SetRows(context, facts.rows);
  exports.SetBitsAllocated(context, 8 * bytesEach);
  exports.SetBitsStored(context, facts.precision);
  exports.SetSamplesPerPixel(context, 1);
  exports.SetPixelRepresentation(context, facts.signed ? 1 : 0);
  exports.SetPlanarConfiguration(context, 0);
  exports.SetPhotometricInterpretation(context, monochrome);
  exports.SetEncodedBufferSize(context, facts.stream.length);
  new Uint8Array(exports.memory.buffer).set(facts.stream, exports.GetEncodedBuffer(context));
  complaints.length = 0;
  exports[functions[compression]](context, parameters);
  const count = facts.columns * facts.rows;
  const size = exports.GetDecodedBufferSize(context);
  if (complaints.length > 0) return failure('pixels_undecodable', complaints[0]!);
  if (size !== count * bytesEach) {
    return failure('pixels_undecodable', `${size} bytes came out instead of ${count * bytesEach}`);
  }
  const at = exports.GetDecodedBuffer(context);
  const samples = new Uint8Array(size);
  samples.set(new Uint8Array(exports.memory.buffer, at, size));
  exports.ReleaseDecoderParameters(parameters);
  exports.ReleaseCodecsContext(context);
  return success(bytesEach === 1 ? samples : new Uint16Array(samples.buffer));
}

/** Samples as wide as the header allocates them: an 8-bit stream may stand for 16 allocated bits. */
function asAllocated(samples: Uint8Array | Uint16Array, shape: FrameShape): Uint8Array | Uint16Array {
  if (samples.BYTES_PER_ELEMENT * 8 === shape.bitsAllocated) return samples;
  return shape.bitsAllocated === 8 ? Uint8Array.from(samples) : Uint16Array.from(samples);
}
