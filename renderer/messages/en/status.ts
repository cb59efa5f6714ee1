/** Words around the state of the node; what the state itself says stands in `state-sentences.ts`. */
export const status = {
  check: 'Check now',
  lost: 'Not connected',
  openJoin: 'Show joining',
  openKeys: 'Open Keys',
  openModels: 'Open Models',
  openStorage: 'Open Storage',
  openTrust: 'Open Trust',
  pause: 'Pause agents',
  renew: 'Renew now',
  restart: 'Restart',
  resume: 'Resume',
  resumeAgents: 'Resume agents',
  unknown: 'Looking how this computer is …',
} as const;
