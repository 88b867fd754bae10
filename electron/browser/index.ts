export * from './find-browser.ts';
export * from './gate.ts';
export * from './lock-file.ts';
export * from './run-host.ts';
export * from './server.ts';
