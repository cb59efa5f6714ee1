/** The version of Electron whose types the stand-in is checked against. */
export const electronVersion = '45.4.1';
