/** The address that lets a page in, once. What stands after `#` reaches no server. */
export const pageUrl = (address: string, token: string): string => `${address}/#token=${token}`;
