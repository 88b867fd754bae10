/** A label and what stands beside it. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}
