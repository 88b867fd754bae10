/** Where days and shares stand in the growth plot, px. */
export interface PlotScales {
  readonly x: (day: number) => number;
  readonly y: (share: number) => number;
  /** Where the weeks end, and the ranges by themselves begin; both the same without any. */
  readonly split: number;
  readonly end: number;
  readonly bottom: number;
}
