// biome-ignore-all lint/performance/noReExportAll: it stands for the module `electron`, which is one.
// biome-ignore-all lint/performance/noBarrelFile: as above.
// biome-ignore-all lint/style/noDefaultExport: some packages import the module as a whole.
import * as members from './electron-members.ts';

export * from './electron-members.ts';
export default members;
