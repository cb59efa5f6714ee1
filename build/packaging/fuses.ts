import { FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * Every fuse of Electron, burned into the packed program (https://www.electronjs.org/docs/latest/tutorial/fuses).
 * A fuse that a later Electron brings and that is not listed here fails the packing.
 */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  /** The program cannot be used as a plain Node. */
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  /** Windows and macOS compare app.asar with the hash in the signed program; Linux has no such check. */
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  /** Needs a snapshot of its own, which we do not make. */
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  /** Electron's own choice: traps are how V8 runs WebAssembly fast, and the page colours code with it. */
  [FuseV1Options.WasmTrapHandlers]: true,
} as const;
