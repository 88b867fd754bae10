import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { HostBridge } from '../../src/boundary/index.ts';
import { channels } from './channels.ts';

// Sandboxed: may require `electron` and nothing else. The page gets these two functions, never ipcRenderer and never a path.
const bridge: HostBridge<File> = {
  call: (call) => ipcRenderer.invoke(channels.call, call) as ReturnType<HostBridge<File>['call']>,
  grantDropped: (file) =>
    ipcRenderer.invoke(channels.grantDropped, webUtils.getPathForFile(file)) as ReturnType<
      HostBridge<File>['grantDropped']
    >,
};
contextBridge.exposeInMainWorld('remnantHost', bridge);
