import { liverLabel, outsideLabel, tumourLabel, vesselLabel } from '../../src/liver/index.ts';
import type { CommandContext } from './context.ts';
import { importMask } from './masks.ts';
import type { MaskAnswer } from './masks.ts';
import { tell } from './notices.ts';
import { openGrant, openPlanBytes } from './opening.ts';
import { runTask } from './tasks.ts';

/** The sample's mask files and what each shows. */
const masks: readonly { readonly name: string; readonly into: MaskAnswer['into'] }[] = [
  { name: 'masks/liver.nii.gz', into: [{ fileLabels: [1], label: liverLabel }] },
  { name: 'masks/tumours.nii.gz', into: [1, 2, 3].map((one) => ({ fileLabels: [one], label: tumourLabel(one) })) },
  { name: 'masks/vessels.nii.gz', into: [{ fileLabels: [1, 2], label: vesselLabel }] },
  { name: 'masks/gallbladder.nii.gz', into: [{ fileLabels: [1], label: outsideLabel }] },
  { name: 'masks/ivc.nii.gz', into: [{ fileLabels: [1], label: outsideLabel }] },
];
const plan = 'right-hepatectomy.plan.json';

/** Opens the images of the sample case. True when they are on the screen. */
export async function openSampleImages(context: CommandContext): Promise<boolean> {
  const images = await context.host.api.openSample({});
  if (images.ok) return (await openGrant(context, images.value)) && context.session.get().openCase !== null;
  tell(context.session, images.error, 'error');
  return false;
}

/** Opens the sample case and brings in its masks and its plan, each by the import a user's own files go through. */
export async function openSamplePlan(context: CommandContext): Promise<void> {
  const { session, host } = context;
  if (!(await openSampleImages(context))) return;
  const extras = await host.api.openSampleMasks({});
  if (!extras.ok) {
    tell(session, extras.error, 'error');
    return;
  }
  const read = (name: string) => runTask(session, `Read ${name}`, () => host.readFile(extras.value.grant, name));
  for (const { name, into } of masks) {
    const bytes = await read(name);
    if (bytes === null) return;
    await importMask(context, { name: name.replace('masks/', ''), bytes, into });
  }
  const bytes = await read(plan);
  if (bytes === null) return;
  await openPlanBytes(context, plan, bytes);
  session.look({ activeLabel: liverLabel, tool: 'plane' });
  const message =
    'A right hepatectomy is planned. Drag the orange plane and watch the remnant; state under Assessment (D) what the verdict needs.';
  tell(session, { code: 'sample_ready', message }, 'info');
}
