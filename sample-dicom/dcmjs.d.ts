declare module 'dcmjs' {
  interface Element {
    readonly vr: string;
    readonly Value: readonly unknown[];
  }
  type Elements = Readonly<Record<string, Element>>;
  const dcmjs: {
    readonly data: {
      readonly DicomMetaDictionary: { readonly denaturalizeDataset: (dataset: object) => Elements };
      readonly DicomDict: new (meta: Elements) => { dict: Elements; readonly write: () => ArrayBuffer };
    };
  };
  export default dcmjs;
}
