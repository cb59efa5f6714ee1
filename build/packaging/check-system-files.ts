import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { loadPlist } from './builder-libraries.ts';
import type { PackageCheck } from './check-packed.ts';
import type { PackedProgram } from './pack-dummy.ts';
import { readInfoPlist } from './read-packed.ts';
import { desktopEntryFile, mimeTypesFile } from './write-desktop-entry.ts';

const scheme = 'nunba';
const fileType = 'application/x-nunba-link';

/** What each system itself reads to know the program: desktop entry, property lists, profiles, scripts. */
export function checkSystemFiles(root: string, packed: PackedProgram): readonly PackageCheck[] {
  if (packed.target.system === 'linux') return checkLinux(root, packed);
  return packed.target.system === 'mac' ? checkMac(root, packed) : checkWindows(root);
}

function checkLinux(root: string, { outFolder }: PackedProgram): readonly PackageCheck[] {
  const entry = readDesktopEntry(fs.readFileSync(path.join(outFolder, desktopEntryFile), 'utf8'));
  const mimeTypes = fs.readFileSync(path.join(outFolder, mimeTypesFile), 'utf8');
  const afterRemove = expand(read(root, 'after-remove.sh'));
  return [
    { name: 'the desktop entry knows links, files and categories', problems: judgeDesktopEntry(entry) },
    {
      name: 'files that end with .nunba have a type',
      problems: mimeTypes.includes(`<mime-type type="${fileType}">\n  <glob pattern="*.nunba"/>`) ? [] : [mimeTypes],
    },
    {
      name: "the AppArmor profile gives the program's sandbox its namespaces",
      problems: judgeAppArmor(expand(read(root, 'apparmor-profile.tpl'))),
    },
    {
      name: 'removing the package says what is kept',
      problems: [
        ...shellProblems(afterRemove),
        ...(afterRemove.includes('Documents/Nunba') ? [] : ['it does not name the folder']),
      ],
    },
  ];
}

/** Keys and values of the group `[Desktop Entry]` (freedesktop.org, Desktop Entry Specification). */
function readDesktopEntry(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.shift() !== '[Desktop Entry]') throw new Error('a desktop entry begins with [Desktop Entry]');
  return new Map(
    lines.map((line) => {
      const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*)$/.exec(line) ?? [];
      if (!key) throw new Error(`no line of a desktop entry: ${line}`);
      return [key, value ?? ''];
    }),
  );
}

/** What is wrong with a desktop entry, in sentences. */
function judgeDesktopEntry(entry: ReadonlyMap<string, string>): readonly string[] {
  const lists = (key: string): readonly string[] => (entry.get(key) ?? '').split(';');
  const wanted: readonly (readonly [string, boolean])[] = [
    ['Type is Application', entry.get('Type') === 'Application'],
    ['Exec takes an address', /^\/opt\/Nunba\/nunba .*%U/.test(entry.get('Exec') ?? '')],
    ['Icon is named', entry.get('Icon') === 'nunba'],
    ['StartupWMClass is that of package.json', entry.get('StartupWMClass') === 'nunba'],
    ['nunba: links are taken', lists('MimeType').includes(`x-scheme-handler/${scheme}`)],
    ['.nunba files are taken', lists('MimeType').includes(fileType)],
    ['it stands in a main category', lists('Categories').includes('Utility')],
  ];
  return wanted.filter(([, isSo]) => !isSo).map(([sentence]) => `not so: ${sentence}`);
}

function judgeAppArmor(profile: string): readonly string[] {
  const problems: string[] = [];
  if (!/^profile "nunba" "\/opt\/Nunba\/nunba" /m.test(profile)) problems.push('it is for another program');
  if (!/^\s*userns,$/m.test(profile)) problems.push('it gives no user namespaces');
  if (profile.split('{').length !== profile.split('}').length) problems.push('a brace is not closed');
  if (profile.includes('${')) problems.push('a variable is left');
  return problems;
}

const infoSchema = z.object({
  CFBundleIdentifier: z.literal('org.nunba.desktop'),
  CFBundleURLTypes: z.array(z.object({ CFBundleURLSchemes: z.array(z.string()) })),
  CFBundleDocumentTypes: z.array(z.object({ CFBundleTypeExtensions: z.array(z.string()) })),
  NSDocumentsFolderUsageDescription: z.string(),
});

function checkMac(root: string, packed: PackedProgram): readonly PackageCheck[] {
  const info = infoSchema.safeParse(readInfoPlist(root, packed));
  const knows =
    info.success &&
    info.data.CFBundleURLTypes.some((type) => type.CFBundleURLSchemes.includes(scheme)) &&
    info.data.CFBundleDocumentTypes.some((type) => type.CFBundleTypeExtensions.includes('nunba'));
  return [
    { name: 'Info.plist knows links and files', problems: knows ? [] : [info.error?.message ?? 'not registered'] },
    ...['entitlements.mac.plist', 'entitlements.mac.inherit.plist'].map((file) => ({
      name: `${file} asks for nothing but run-time compilation`,
      problems: judgeEntitlements(loadPlist(root).parse(read(root, file))),
    })),
  ];
}

/** Everything else would weaken the hardened runtime. */
function judgeEntitlements(entitlements: unknown): readonly string[] {
  const allowed = z.strictObject({ 'com.apple.security.cs.allow-jit': z.literal(true) }).safeParse(entitlements);
  return allowed.success ? [] : [allowed.error.message];
}

function checkWindows(root: string): readonly PackageCheck[] {
  const script = read(root, 'uninstall-message.nsh');
  const isWhole = /^!macro customUnInstall$[\s\S]*^!macroend$/m.test(script) && script.includes('$DOCUMENTS\\Nunba');
  return [{ name: 'the uninstaller says what is kept', problems: isWhole ? [] : ['the macro is not whole'] }];
}

function read(root: string, file: string): string {
  return fs.readFileSync(path.join(root, 'build', 'packaging', file), 'utf8');
}

/** As electron-builder fills its templates for Linux. */
function expand(template: string): string {
  return template.replaceAll(/\$\{executable\}/g, 'nunba').replaceAll(/\$\{sanitizedProductName\}/g, 'Nunba');
}

/** What bash says about a script without running it. */
function shellProblems(script: string): readonly string[] {
  if (process.platform === 'win32') return [];
  try {
    execFileSync('bash', ['-n'], { input: script, stdio: ['pipe', 'ignore', 'pipe'] });
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
