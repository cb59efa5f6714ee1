/** Who can read what the person writes. */
export const access = {
  cloud: 'Your messages go to {{host}} on the internet. Whoever runs that service can read them.',
  localNetwork: 'Your messages go to {{host}} in your own network. Whoever runs that computer can read them.',
  nobody: 'No model is chosen, so nobody receives your messages. The Guide answers on this computer.',
  placeThisComputer: 'this computer',
  thisComputer: 'Your messages go to {{program}} on this computer. Nunba sends them nowhere else.',
} as const;
