import type { PackedSystem } from './dummy-electron.ts';

/** Whose environment variables sign the packages of a system; each list is one complete way to do it. */
const signingVariables: Readonly<Record<PackedSystem, readonly (readonly string[])[]>> = {
  win: [['WIN_CSC_LINK'], ['CSC_LINK']],
  /** Apple lets an app start without a warning only if it is signed and notarised. */
  mac: [
    ['CSC_LINK', 'APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
    ['CSC_LINK', 'APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ],
  /** Linux packages are vouched for by the signed release manifest alone. */
  linux: [['NUNBA_RELEASE_PRIVATE_KEY_FILE']],
};

/** What stands in the names of packages that nobody vouches for: `-unsigned`, or nothing where all is there to sign. */
export function unsignedSuffix(system: PackedSystem, environment: NodeJS.ProcessEnv): '' | '-unsigned' {
  const isSigned = signingVariables[system].some((names) => names.every((name) => environment[name]));
  return isSigned ? '' : '-unsigned';
}

/** What a person installs or an updater reads; the rest of the output folder is left over from the making. */
export function isReleaseFile(name: string): boolean {
  return /\.(?:exe|dmg|zip|AppImage|deb|rpm|blockmap)$/.test(name) || /^(?:latest|beta)[\w-]*\.yml$/.test(name);
}
