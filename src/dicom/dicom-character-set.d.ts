declare module 'dicom-character-set' {
  /** Decodes the bytes of one value; throws for a character set it does not know. */
  export function convertBytes(
    specificCharacterSet: string | undefined,
    bytes: Uint8Array,
    options?: { readonly vr?: string },
  ): string;
}
