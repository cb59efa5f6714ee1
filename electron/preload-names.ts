/** The one message between preload and main: a page asks for a port, and a port comes back under the same name. */
export const portChannelName = 'nunba:port';
