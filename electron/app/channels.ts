/** The two channels between preload and main. */
export const channels = {
  /** `{ name, request }` of a HostApi call; answered by an outcome. */
  call: 'remnant:call',
  /** The path of a dropped folder, read by the preload; answered by its grant. */
  grantDropped: 'remnant:grant-dropped',
} as const;
