import { useState } from 'react';
import { kindOf, structureName } from '../../src/liver/index.ts';
import { exportMask, freeTumourLabels, importMask } from '../commands/masks.ts';
import type { MaskAnswer } from '../commands/masks.ts';
import { shownStructures } from '../commands/structures.ts';
import { freeTumourLabel } from '../commands/tool-commands.ts';
import type { Dialog } from '../session.ts';
import { texts } from '../texts.ts';
import { useAccess, useSession } from './access.tsx';
import { DialogFrame, useCloseDialog } from './dialog-frame.tsx';

/** Asks what a mask file shows and, when it holds several labels, which of them is meant. */
export function ImportMaskDialog({ mask }: { readonly mask: Dialog & { readonly kind: 'importMask' } }) {
  const { context } = useAccess();
  const close = useCloseDialog();
  const openCase = useSession((state) => state.openCase);
  const [target, setTarget] = useState(() => proposed(mask));
  const [fileLabel, setFileLabel] = useState(mask.labels.length === 1 ? String(mask.labels[0]) : 'all');
  if (openCase === null) return null;
  const structures = shownStructures(openCase.plan);
  const free = freeTumourLabel(openCase);
  const isFreeShown = free !== null && !structures.some((one) => one.label === free);
  const hasSeveral = mask.labels.length > 1;
  const hasOwnCodes = hasSeveral && mask.labels.every((label) => kindOf(label) !== null);
  const isOne = target !== 'anatomy' && target !== 'tumours';
  const isReady = mask.labels.length > 0 && target !== '';
  const into = (): MaskAnswer['into'] => {
    if (target === 'anatomy') return 'anatomy';
    if (target === 'tumours') {
      return freeTumourLabels(openCase, mask.labels.length).map((label, place) => ({
        fileLabels: [mask.labels[place]!],
        label,
      }));
    }
    return [{ fileLabels: fileLabel === 'all' ? mask.labels : [Number(fileLabel)], label: Number(target) }];
  };
  const confirm = () => void importMask(context, { name: mask.name, bytes: mask.bytes, into: into() });
  return (
    <DialogFrame title={`Import ${mask.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        {mask.labels.length === 0 ? <p className="dialog-trouble">{texts.masks.empty}</p> : null}
        <label className="field">
          <span>{texts.masks.shows}</span>
          <select value={target} onChange={(event) => setTarget(event.currentTarget.value)} autoFocus>
            {mask.label === null ? <option value="">{texts.masks.chooseStructure}</option> : null}
            {structures.map((structure) => (
              <option key={structure.label} value={structure.label} disabled={structure.isLocked === true}>
                {structure.isLocked === true ? `${structure.name} (${texts.structures.isLocked})` : structure.name}
              </option>
            ))}
            {hasSeveral ? <option value="tumours">{texts.masks.tumours(mask.labels.length)}</option> : null}
            {isFreeShown ? <option value={free}>{`${structureName(free)} (new)`}</option> : null}
            {hasOwnCodes ? <option value="anatomy">{texts.masks.anatomy}</option> : null}
          </select>
        </label>
        {hasSeveral && isOne ? (
          <label className="field">
            <span>{texts.masks.which(mask.labels.length)}</span>
            <select value={fileLabel} onChange={(event) => setFileLabel(event.currentTarget.value)}>
              <option value="all">{texts.masks.allLabels}</option>
              {mask.labels.map((label) => (
                <option key={label} value={label}>
                  {`Label ${label}`}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <p className="dialog-note">{texts.masks.replaces}</p>
        <footer className="dialog-foot">
          <button type="button" className="control-button control-text" onClick={close}>
            Cancel
          </button>
          <button
            type="submit"
            className="control-button control-primary"
            disabled={!isReady}
            title={isReady ? undefined : texts.why.structure}
          >
            Import
          </button>
        </footer>
      </form>
    </DialogFrame>
  );
}

/** Several labels in a file of tumours are most likely one tumour each. */
function proposed(mask: Dialog & { readonly kind: 'importMask' }): string {
  if (mask.label === null) return '';
  return kindOf(mask.label) === 'tumour' && mask.labels.length > 1 ? 'tumours' : String(mask.label);
}

/** Asks which structure is to be written as a file. */
export function ExportMaskDialog() {
  const { context } = useAccess();
  const close = useCloseDialog();
  const plan = useSession((state) => state.openCase?.plan);
  const [choice, setChoice] = useState('all');
  if (plan === undefined) return null;
  return (
    <DialogFrame title="Export mask">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void exportMask(context, choice === 'all' ? 'all' : [Number(choice)]);
        }}
      >
        <label className="field">
          <span>{texts.masks.write}</span>
          <select value={choice} onChange={(event) => setChoice(event.currentTarget.value)} autoFocus>
            <option value="all">{texts.masks.allCodes}</option>
            {plan.structures.map((structure) => (
              <option key={structure.label} value={structure.label}>
                {`${structure.name} alone (1 inside, 0 outside)`}
              </option>
            ))}
          </select>
        </label>
        <p className="dialog-note">{texts.masks.format}</p>
        <footer className="dialog-foot">
          <button type="button" className="control-button control-text" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="control-button control-primary">
            Export
          </button>
        </footer>
      </form>
    </DialogFrame>
  );
}
