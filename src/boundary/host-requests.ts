import { z } from 'zod';
import type { HostApi } from './host-api.ts';

// Compiled validators need `new Function`, which the page's content security policy forbids.
z.config({ jitless: true });

const nothing = z.strictObject({});
/** A folder's own name: one step of a path, never a way out of it. */
const step = z
  .string()
  .min(1)
  .max(255)
  .refine((name) => name !== '.' && name !== '..' && !name.includes('\0'), 'not a folder name');
const path = z.array(step).max(64);

/** A plan's name in the host's store. */
export const planId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

/** A set of rules is some hundred rows of text; a file far beyond is none. */
const largestRules = 4 * 2 ** 20;

/** What each call of the control plane accepts; everything else is refused at the border. */
export const hostRequests = {
  about: nothing,
  chooseFolder: nothing,
  listFolder: z.strictObject({ path }),
  grantFolder: z.strictObject({ path }),
  openSample: nothing,
  openSampleMasks: nothing,
  recentPlans: nothing,
  forgetPlan: z.strictObject({ id: planId }),
  keptRules: nothing,
  keepRules: z.strictObject({ text: z.string().max(largestRules) }),
  forgetRules: nothing,
  openAddress: z.strictObject({ address: z.url({ protocol: /^https$/ }).max(2000) }),
  setUnsaved: z.strictObject({ unsaved: z.boolean() }),
} satisfies { [Name in keyof HostApi]: z.ZodType<Parameters<HostApi[Name]>[0]> };

/** A call of the control plane on its way to the host. */
export const hostCall = z.strictObject({
  name: z.enum(Object.keys(hostRequests) as (keyof HostApi)[]),
  request: z.unknown(),
});

/** The body of `POST /data/pack/{grant}`. */
export const packRequest = z.strictObject({
  ids: z.array(z.string().max(20)).max(1_000_000),
  bytes: z.int().min(0).optional(),
});
