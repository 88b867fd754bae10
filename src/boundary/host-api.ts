import type { Outcome } from '../volume/index.ts';

/** A folder the user chose, as an opaque 128-bit token: the page never holds a path. */
export interface Grant {
  readonly grant: string;
  /** The folder's own name, for display. */
  readonly name: string;
}

/** One entry of the in-page folder browser (loopback host). */
export interface FolderListing {
  /** Names from the root down to this folder; the first is a root's id. Empty = the list of roots. */
  readonly path: readonly string[];
  readonly folders: readonly string[];
  /** How many files lie in it, so that a user sees where the images are. */
  readonly files: number;
}

/** A plan in the host's store, for the start page. */
export interface RecentPlan {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly savedAt: string;
  /** The folder it was planned on, when the host still finds it. */
  readonly folder: Grant | null;
  /** The name of that folder, found or not; null when it is not known. */
  readonly folderName: string | null;
  /** Whether a small picture is stored with it. */
  readonly hasThumbnail: boolean;
}

/** The host's own facts. */
export interface About {
  readonly host: 'electron' | 'browser';
  readonly version: string;
  /** Whether folders come from a native dialog (`chooseFolder`) or from the in-page browser (`listFolder`). */
  readonly nativeDialogs: boolean;
}

/**
 * Control plane: small calls with one JSON-cloneable argument each, validated at the border. Answers are outcomes, never thrown errors.
 * The bytes travel on the data plane (see `data-plane.ts`).
 */
export interface HostApi {
  about(request: Record<string, never>): Promise<Outcome<About>>;
  /** Electron: native dialog; value null = the user cancelled. Browser host: failure `no_native_dialogs`. */
  chooseFolder(request: Record<string, never>): Promise<Outcome<Grant | null>>;
  listFolder(request: { readonly path: readonly string[] }): Promise<Outcome<FolderListing>>;
  grantFolder(request: { readonly path: readonly string[] }): Promise<Outcome<Grant>>;
  openSample(request: Record<string, never>): Promise<Outcome<Grant>>;
  /** The folder above the sample's images, in which its masks and its plan lie. */
  openSampleMasks(request: Record<string, never>): Promise<Outcome<Grant>>;
  recentPlans(request: Record<string, never>): Promise<Outcome<readonly RecentPlan[]>>;
  forgetPlan(request: { readonly id: string }): Promise<Outcome<null>>;
  /** The text of the department's rules kept on this computer; null when none are kept. */
  keptRules(request: Record<string, never>): Promise<Outcome<string | null>>;
  /** Keeps the text of a department's rules, so that they are in force at the next start; refused as `rules_invalid`. */
  keepRules(request: { readonly text: string }): Promise<Outcome<null>>;
  /** Keeps no rules of a department any more: the built-in ones are in force at the next start. */
  forgetRules(request: Record<string, never>): Promise<Outcome<null>>;
  /**
   * Opens an address that our rules cite in the user's own browser; any other is refused (`address_unknown`), as nothing else may leave
   * the app. Browser host: failure `page_opens_addresses`, since there the page's own link does it.
   */
  openAddress(request: { readonly address: string }): Promise<Outcome<null>>;
  /** Tells the host whether closing would lose work, so that it can ask first. */
  setUnsaved(request: { readonly unsaved: boolean }): Promise<Outcome<null>>;
}

/** What the preload puts on the page as `remnantHost` in Electron; nothing else of the host is reachable from the page. */
export interface HostBridge<DroppedFile> {
  /** One call of `HostApi`, as `{ name, request }`. */
  readonly call: (call: { readonly name: string; readonly request: unknown }) => Promise<Outcome<unknown>>;
  /** The grant of a folder dropped on the page: its path is read on the host's side only. */
  readonly grantDropped: (file: DroppedFile) => Promise<Outcome<Grant>>;
}
