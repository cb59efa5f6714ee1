import fs from 'node:fs';
import process from 'node:process';

/** For which computer an engine is. */
export interface EngineVariant {
  /** What its binaries compute with. */
  readonly gpu: 'none' | 'cuda' | 'vulkan' | 'metal';
  /** Names of the packages with binaries, without their scope. */
  readonly binaries: readonly string[];
}

/** What decides which engine a computer needs. */
export interface ComputerFacts {
  readonly platform: string;
  readonly arch: string;
  /** Whether a file or folder is there. */
  readonly has: (path: string) => boolean;
  /** `SystemRoot` of Windows. */
  readonly systemRoot: string;
  /** Whether its C library is GNU's; the binaries for Linux need it. */
  readonly isGlibc: boolean;
}

/** The engine for a computer; `null`: there is none. The graphics card is used where its drivers are there. Pure. */
export function chooseVariant(facts: ComputerFacts): EngineVariant | null {
  switch (`${facts.platform}-${facts.arch}`) {
    case 'linux-x64':
      return facts.isGlibc ? withGraphics('linux-x64', linuxGraphics(facts)) : null;
    case 'linux-arm64':
      return facts.isGlibc ? { gpu: 'none', binaries: ['linux-arm64'] } : null;
    case 'darwin-arm64':
      return { gpu: 'metal', binaries: ['mac-arm64-metal'] };
    case 'darwin-x64':
      return { gpu: 'none', binaries: ['mac-x64'] };
    case 'win32-x64':
      return withGraphics('win-x64', windowsGraphics(facts));
    case 'win32-arm64':
      return { gpu: 'none', binaries: ['win-arm64'] };
    default:
      return null;
  }
}

/** The one for the processor comes along: where the graphics card fails, it computes. */
function withGraphics(name: string, gpu: 'none' | 'cuda' | 'vulkan'): EngineVariant {
  if (gpu === 'none') return { gpu, binaries: [name] };
  const extra = gpu === 'cuda' ? [`${name}-cuda`, `${name}-cuda-ext`] : [`${name}-vulkan`];
  return { gpu, binaries: [name, ...extra] };
}

const linuxLibraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib/x86_64-linux-gnu'];

function linuxGraphics({ has }: ComputerFacts): 'none' | 'cuda' | 'vulkan' {
  const hasNvidia = has('/dev/nvidiactl');
  const places = ['/usr/local/cuda/lib64', ...linuxLibraries];
  const hasCuda = places.some((folder) => has(`${folder}/libcudart.so.12`) || has(`${folder}/libcudart.so.13`));
  if (hasNvidia && hasCuda) return 'cuda';
  const hasVulkan = linuxLibraries.some((folder) => has(`${folder}/libvulkan.so.1`));
  return hasVulkan && (hasNvidia || has('/dev/dri/renderD128')) ? 'vulkan' : 'none';
}

/** Windows has the loader of Vulkan exactly where a driver has brought it. */
function windowsGraphics({ has, systemRoot }: ComputerFacts): 'none' | 'vulkan' {
  return has(`${systemRoot}\\System32\\vulkan-1.dll`) ? 'vulkan' : 'none';
}

/** What this computer is. */
export function readComputerFacts(): ComputerFacts {
  return {
    platform: process.platform,
    arch: process.arch,
    has: (file) => fs.existsSync(file),
    systemRoot: process.env.SystemRoot ?? 'C:\\Windows',
    isGlibc: process.platform === 'linux' && hasGlibc(),
  };
}

/** The network is left out of the report: its names would be asked for, which may take seconds. */
function hasGlibc(): boolean {
  // Of Node 22.13; not in its types yet.
  Reflect.set(process.report, 'excludeNetwork', true);
  const report: { readonly header?: { readonly glibcVersionRuntime?: unknown } } = process.report.getReport();
  return typeof report.header?.glibcVersionRuntime === 'string';
}
