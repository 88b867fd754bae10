import '@fontsource-variable/inter/index.css';
import './styles/tokens.css';
import './styles/controls.css';
import './styles/app.css';
import './styles/start.css';
import './styles/series.css';
import './styles/workspace.css';
import './styles/structures.css';
import './styles/figures.css';
import './styles/assessment.css';
import './styles/growth.css';
import './styles/guide.css';
import './styles/small-screens.css';
import { createRoot } from 'react-dom/client';
import { createCaseKeeper } from './commands/case-keeper.ts';
import type { CommandContext } from './commands/context.ts';
import { keepClosed } from './commands/closing.ts';
import { keepCompared } from './commands/comparing.ts';
import { keepDerived } from './commands/derive.ts';
import { tell } from './commands/notices.ts';
import { openGrant, refreshRecent } from './commands/opening.ts';
import { placeCut } from './commands/plan-commands.ts';
import { keepSaved } from './commands/saving.ts';
import { restoreRules } from './commands/rule-commands.ts';
import { segment } from './commands/segment.ts';
import { rememberedGuessSettings } from './guess-settings.ts';
import { connectHost, launchFolder } from './host.ts';
import { browserPage } from './page-access.ts';
import { AccessProvider } from './panels/access.tsx';
import { App } from './panels/app.tsx';
import { offerSelfTest } from './self-test.ts';
import { createSession, initialState } from './session.ts';
import { keepSettledMark } from './settled-mark.ts';
import { rememberedTheme } from './theme.ts';
import { createViewer } from './viewer/index.ts';
import { connectCompute } from './worker/client.ts';

/** The composition root: builds the parts and joins them. */
function start(): void {
  const theme = rememberedTheme();
  document.documentElement.dataset['theme'] = theme;
  const session = createSession({ ...initialState, theme, guessing: rememberedGuessSettings() });
  const host = connectHost();
  const compute = connectCompute((message) =>
    tell(session, { code: 'worker_failed', message: `The computation stopped: ${message} Reload the page.` }, 'error'),
  );
  const keeper = createCaseKeeper(session);
  const context: CommandContext = { session, compute, host, page: browserPage, keeper, origin: null };
  const viewer = createViewer(session, {
    segment: (request, label) => void segment(context, request, label),
    placeCut: (index, cut) => placeCut(context, index, cut),
    explain: (why) => tell(session, why, 'info'),
  });
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root');

  const mark = keepSettledMark(root, session, viewer);
  keepDerived(context, mark.computing);
  keepSaved(context);
  keepCompared(context);
  keepClosed(context);
  host.guardClosing(() => session.get().openCase !== null && session.get().openCase?.saved !== 'saved');
  host.stayConnected();
  void host.api.about({}).then((about) => {
    if (about.ok) session.update((state) => ({ ...state, about: about.value }));
    else tell(session, about.error, 'error');
  });
  void refreshRecent(context);
  const folder = launchFolder();
  // No plan opens before the rules that it is to be compared with are known.
  void restoreRules(context).then(() => (folder === null ? false : openGrant(context, folder)));
  offerSelfTest(host, compute);

  const attach: (typeof viewer)['attach'] = (view, element) => viewer.attach(view, element);
  createRoot(root, {
    onUncaughtError: (bug) => {
      console.error(bug);
      root.textContent = 'The screen failed and was stopped. Reload the page: your last saved plan is kept.';
    },
  }).render(
    <AccessProvider value={{ context, attach }}>
      <App />
    </AccessProvider>,
  );
  window.addEventListener('unhandledrejection', (event) => {
    const message = event.reason instanceof Error ? event.reason.message : String(event.reason);
    tell(session, { code: 'unexpected', message: `Something failed unexpectedly: ${message}` }, 'error');
  });
}

start();
