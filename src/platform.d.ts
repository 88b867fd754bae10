/**
 * The few standard globals that every host of Remnant has (browser, worker, Node) and that `lib: ["ES2023"]` lacks.
 * Nothing else of a machine may be named in `src`: no DOM, no Node, no clock, no chance.
 */

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(input?: ArrayBufferView | ArrayBuffer): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

declare namespace WebAssembly {
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
    grow(delta: number): number;
  }
  interface Module {
    readonly module: unique symbol;
  }
  const Module: new (bytes: ArrayBuffer | ArrayBufferView) => Module;
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>);
    readonly exports: Record<string, unknown>;
  }
}
