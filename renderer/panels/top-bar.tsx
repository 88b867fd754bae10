import { CommandButton } from './command-button.tsx';
import { patientsOf, patientText, printedDate } from './format.ts';
import { useSession } from './access.tsx';
import { isolated } from '../isolated-text.ts';
import { texts } from '../texts.ts';

/** The bar on every screen: name of the app, patient and series as soon as they are known, and what can be done with the case. */
export function TopBar() {
  const screen = useSession((state) => state.screen);
  const page = useSession((state) => state.view.page);
  return (
    <header className="app-top-bar">
      <div className="app-brand">{texts.name}</div>
      <PatientBanner />
      <div className="app-top-actions" role="toolbar" aria-label="Case">
        {screen === 'workspace' ? (
          <>
            <CommandButton id="edit.undo" />
            <CommandButton id="edit.redo" />
            <span className="app-divider" />
            <CommandButton id="mask.import" look="text" />
            <CommandButton id="mask.export" look="text" />
            <CommandButton id="file.save" look="text" />
            <CommandButton id="file.saveCopy" />
            <CommandButton id="file.openPlan" />
            <CommandButton id="report.copy" />
            <CommandButton
              id="page.assessment"
              look="text"
              short={page === 'pictures' ? texts.assessment.title : texts.assessment.back}
            />
            <span data-place="report">
              <CommandButton id="report.write" look="text" />
            </span>
            <span className="app-divider" />
          </>
        ) : null}
        {screen === 'start' ? null : <CommandButton id="file.start" />}
        {screen === 'workspace' ? (
          <span data-place="series">
            <CommandButton id="file.series" />
          </span>
        ) : null}
        <CommandButton id="view.theme" />
        <CommandButton id="help.palette" />
        <CommandButton id="help.keys" />
      </div>
    </header>
  );
}

function PatientBanner() {
  // Not the whole case: React keeps what was shown last for the next change, and the banner outlives the case and its voxels.
  const own = useSession((state) => state.openCase?.entry.header);
  const grid = useSession((state) => state.openCase?.volume.grid);
  const choice = useSession((state) => state.choice);
  const header = own ?? choice?.entries[0]?.header;
  if (header === undefined) return <div className="app-banner" />;
  const patients = own === undefined && choice !== null ? patientsOf(choice).length : 1;
  const isOne = patients === 1;
  const person = isOne ? [printedDate(header.patientBirthDate), header.patientSex].filter((part) => part !== null) : [];
  const series =
    grid === undefined
      ? isolated(choice?.folderName ?? '')
      : [
          `${header.modality} ${isolated(header.description ?? texts.noDescription)}`,
          printedDate(header.studyDate),
          `${grid.size.join(' × ')} voxels of ${grid.spacing.map((step) => step.toFixed(2)).join(' × ')} mm`,
        ]
          .filter((part) => part !== null)
          .join(' · ');
  const whose = isOne ? patientText(header) : texts.severalPatients(patients);
  return (
    <div className="app-banner" aria-label="Patient and series" role="group" data-place="patient">
      <div className="app-banner-line" title={[whose, ...person].join(' · ')}>
        <strong className="app-patient">{whose}</strong>
        {person.length === 0 ? null : <span>{person.join(' · ')}</span>}
      </div>
      <div className="app-banner-line app-series-name" title={series}>
        {series}
      </div>
    </div>
  );
}
