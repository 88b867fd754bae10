/**
 * The part of pdfkit that the report uses. Declared here because `@types/pdfkit` pulls Node's types into `src`, where `process`,
 * timers and `node:fs` would then compile unnoticed.
 */
declare module 'pdfkit' {
  interface TextOptions {
    readonly width?: number;
    readonly height?: number;
    readonly align?: 'left' | 'right' | 'center';
    readonly lineGap?: number;
    readonly lineBreak?: boolean;
    /** Points that the baseline lies below `y`, negated. */
    readonly baseline?: number;
    readonly ellipsis?: boolean | string;
    readonly characterSpacing?: number;
    /** OpenType features turned on or off by name, e.g. `tnum`. */
    readonly features?: Readonly<Record<string, boolean>>;
  }

  interface StructureContent {
    readonly mcid?: number;
  }

  interface StructureElement {
    add(child: StructureElement | StructureContent): StructureElement;
    end(): void;
  }

  type ColourValue = readonly [number, number, number];

  export default class PDFDocument {
    constructor(options: {
      readonly size: readonly [number, number];
      readonly margins: {
        readonly top: number;
        readonly bottom: number;
        readonly left: number;
        readonly right: number;
      };
      readonly bufferPages: boolean;
      readonly compress: boolean;
      readonly pdfVersion: '1.7';
      readonly tagged: boolean;
      readonly lang: string;
      readonly displayTitle: boolean;
      readonly autoFirstPage: boolean;
      readonly font: string | null;
      readonly info: Readonly<Record<string, string | Date>>;
    });
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: unknown) => void): this;
    end(): void;

    addPage(): this;
    switchToPage(page: number): unknown;
    bufferedPageRange(): { readonly start: number; readonly count: number };

    registerFont(name: string, bytes: Uint8Array): this;
    font(name: string): this;
    fontSize(size: number): this;
    text(text: string, x: number, y: number, options?: TextOptions): this;
    widthOfString(text: string, options?: TextOptions): number;
    heightOfString(text: string, options: TextOptions): number;

    save(): this;
    restore(): this;
    rotate(degrees: number, options: { readonly origin: readonly [number, number] }): this;
    rect(x: number, y: number, width: number, height: number): this;
    roundedRect(x: number, y: number, width: number, height: number, radius: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    lineWidth(width: number): this;
    lineJoin(join: 'round'): this;
    closePath(): this;
    circle(x: number, y: number, radius: number): this;
    dash(length: number, options: { readonly space: number }): this;
    undash(): this;
    clip(): this;
    link(x: number, y: number, width: number, height: number, address: string): this;
    fillColor(colour: ColourValue, opacity?: number): this;
    strokeColor(colour: ColourValue, opacity?: number): this;
    fill(): this;
    stroke(): this;
    image(
      bytes: Uint8Array | ArrayBuffer,
      x: number,
      y: number,
      options: { readonly width: number; readonly height: number },
    ): this;

    struct(type: string, options?: { readonly alt?: string; readonly title?: string }): StructureElement;
    addStructure(element: StructureElement): this;
    markContent(tag: 'Artifact', options?: { readonly type?: 'Pagination' | 'Layout' | 'Background' }): this;
    markStructureContent(tag: string): StructureContent;
    endMarkedContent(): this;
  }
}
