export * from './host-api.ts';
export * from './data-plane.ts';
export * from './data-answer.ts';
export * from './compute-api.ts';
export * from './rpc.ts';
export * from './host-requests.ts';
export * from './self-test.ts';
