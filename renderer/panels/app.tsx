import { useEffect, useRef, useState } from 'react';
import { perform } from '../commands/command.ts';
import { openDrop } from '../commands/dropping.ts';
import { commandFor, listens } from '../commands/keyboard.ts';
import { commands } from '../commands/list.ts';
import { useAccess, useSession } from './access.tsx';
import { CalibrationDialog } from './calibration-dialog.tsx';
import { ExportMaskDialog, ImportMaskDialog } from './mask-dialogs.tsx';
import { FolderBrowser } from './folder-browser.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { SeriesScreen } from './series-screen.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { StartPage } from './start-page.tsx';
import { StatusBar } from './status-bar.tsx';
import { filesOf } from './dropped-files.ts';
import { Workspace } from './workspace.tsx';
import { MessagesDialog } from './messages-dialog.tsx';
import { Tour } from './tour.tsx';
import { TopBar } from './top-bar.tsx';
import type { SessionState } from '../session.ts';
import { texts } from '../texts.ts';

function typesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Enter presses the control that has the focus, arrows move its slider. */
function pressesControl(event: KeyboardEvent): boolean {
  if (event.target instanceof HTMLInputElement && event.key.startsWith('Arrow')) return true;
  return event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
}

function useKeys(): void {
  const { context } = useAccess();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if ((typesText(event.target) && !mod) || pressesControl(event) || event.defaultPrevented) return;
      if (typesText(event.target) && ['z', 'y', 'c', 'v', 'x', 'a'].includes(event.key.toLowerCase())) return;
      const command = commandFor(commands, event, context.session.get().view.tool);
      if (command === null || !listens(context.session.get(), command)) return;
      event.preventDefault();
      void perform(command, context);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [context]);
}

function useDrop(): boolean {
  const { context } = useAccess();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setIsOver(false);
      if (event.dataTransfer === null) return;
      void openDrop(context, filesOf(event.dataTransfer));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [context]);
  return isOver;
}

/** Where the focus goes on a new screen or after the tour, when what was pressed has gone with the last one. */
const firstControl = '.start-page button, .series-page button, [data-view="axial"]';

/** Keeps the focus on the page from one screen to the next, so that keys and screen readers go on where the work goes on. */
function useKeptFocus(screen: SessionState['screen'], isOnTour: boolean): void {
  const shown = `${screen} ${isOnTour}`;
  const last = useRef(shown);
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(firstControl)?.focus();
  }, [shown]);
}

/** The whole screen: what is open decides which page is shown. */
export function App() {
  const screen = useSession((state) => state.screen);
  const isOnTour = useSession((state) => state.tourStep !== null);
  const isOver = useDrop();
  useKeys();
  useKeptFocus(screen, isOnTour);
  return (
    <div className="app-app" data-screen={screen}>
      <TopBar />
      {screen === 'start' ? <StartPage /> : null}
      {screen === 'series' ? <SeriesScreen /> : null}
      {screen === 'workspace' ? <Workspace /> : null}
      <StatusBar />
      <Tour />
      <Dialogs />
      {isOver ? <div className="app-drop-veil">{texts.dropRelease}</div> : null}
    </div>
  );
}

function Dialogs() {
  const dialog = useSession((state) => state.dialog);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'folders':
      return <FolderBrowser />;
    case 'shortcuts':
      return <ShortcutSheet />;
    case 'palette':
      return <CommandPalette />;
    case 'messages':
      return <MessagesDialog />;
    case 'importMask':
      return <ImportMaskDialog key={dialog.name} mask={dialog} />;
    case 'exportMask':
      return <ExportMaskDialog />;
    case 'review':
      return <ReviewDialog />;
    case 'calibration':
      return <CalibrationDialog guesses={dialog.guesses} />;
  }
}
